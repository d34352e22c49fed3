import { examplesOf, type Cause, type CauseExample } from '../cause.ts';

const killedBy = (signal: string, source: string): CauseExample => ({
  line: '',
  source,
  code: null,
  signal,
});

/** Ends that the node did not choose: runtime/panic.go and runtime/signal_unix.go of Go, cmd/utils/cmd.go. */
export const crashCauses: readonly Cause[] = [
  {
    name: 'go-panic',
    class: 'retry',
    meaning: 'A fault in the program: Go stopped it with a panic.',
    remedy:
      'Report the panic with its dump to the makers of the node; look whether a newer release mends it.',
    signs: [
      {
        where: 'dump',
        pattern: /^panic: (?<why>.{0,500})$/,
        summary: ({ part, program }) => `${program} panicked: ${part('why')}`,
      },
    ],
    examples: examplesOf(
      2,
      [
        'geth 1.17.5, runtime/panic.go of Go',
        'panic: runtime error: invalid memory address or nil pointer dereference',
      ],
      ['gwemix w0.10.9, internal/debug', 'panic: boom'],
    ),
  },
  {
    name: 'signal-from-elsewhere',
    class: 'retry',
    meaning:
      'Somebody else sent the node a signal. With exit status 0 the restart policy decides whether it starts again.',
    remedy:
      'Find out who stops the node: another supervisor, a script, an operator, a closed terminal, the end of a session.',
    signs: [
      {
        where: 'dump',
        pattern: /^SIGQUIT: quit\b/,
        summary: ({ program }) => `somebody sent ${program} SIGQUIT`,
      },
    ],
    examples: [
      ...examplesOf(
        0,
        [
          'geth 1.17.5, cmd/utils/cmd.go',
          'INFO [03-04|09:20:30.069] Got interrupt, shutting down...',
        ],
        [
          'gwemix w0.10.9, cmd/utils/cmd.go',
          'INFO [03-04|09:20:30.069] Got interrupt, shutting down... ',
        ],
      ),
      ...examplesOf(2, ['geth 1.17.5, runtime/signal_unix.go of Go', 'SIGQUIT: quit']),
      killedBy('SIGTERM', 'geth 1.17.5, before its handler is installed'),
      killedBy('SIGHUP', 'gwemix w0.10.9, which does not handle it'),
    ],
  },
  {
    name: 'killed',
    class: 'retry',
    meaning: 'SIGKILL ended the node; nobody who asked is known.',
    remedy:
      'Look for "Out of memory: Killed process" in the kernel log (dmesg, journalctl -k); lower --cache or raise the memory limit.',
    signs: [],
    examples: [killedBy('SIGKILL', 'Linux, the out-of-memory killer')],
  },
  {
    name: 'go-crash',
    class: 'retry',
    meaning:
      'Go stopped the program: a fault of memory access, an abort, or a fatal error of its runtime.',
    remedy:
      'Report it with the dump to the makers of the node. If it comes back at other places each time, test the memory of the machine.',
    signs: [
      {
        where: 'dump',
        pattern: /^(?<why>SIG[A-Z]{3,6}: .{0,200})$/,
        summary: ({ part, program }) => `${program} crashed: ${part('why')}`,
      },
      {
        where: 'dump',
        pattern: /^(?<why>.{1,500})$/,
        summary: ({ part, program }) => `${program} crashed: ${part('why')}`,
      },
    ],
    examples: [
      ...examplesOf(
        2,
        ['geth 1.17.5, runtime/signal_unix.go of Go', 'SIGSEGV: segmentation violation'],
        ['gwemix w0.10.9, runtime/signal_unix.go of Go', 'SIGABRT: abort'],
        ['geth 1.16.9, runtime/panic.go of Go', 'fatal error: concurrent map writes'],
        ['geth 1.17.5, a dump without its head', 'goroutine 312 [select, 4 minutes]:'],
        ['geth 1.17.5, the registers at the end of a dump', 'gs     0x0'],
      ),
      killedBy('SIGSEGV', 'any program'),
    ],
  },
];
