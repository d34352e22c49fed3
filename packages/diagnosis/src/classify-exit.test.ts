import { describe, expect, it } from 'vitest';
import { classifyExit } from './classify-exit.ts';
import type { Ending } from './diagnosis.ts';

const info = 'INFO [03-04|09:15:02.118] Starting Geth on Ethereum mainnet...';
const taken =
  'Fatal: Error starting protocol stack: listen tcp 127.0.0.1:8551: bind: address already in use';
const locked =
  'Fatal: Failed to create the protocol stack: datadir already used by another process';
const unknown = 'flag provided but not defined: -metricz';
const exclusive = "Flags --dev, --hoodi can't be used at the same time";
const oldDump = [
  'SIGSEGV: segmentation violation',
  'PC=0x46c2a1 m=0 sigcode=0',
  '',
  'goroutine 0 [idle]:',
  'runtime.futex()',
  'rax    0xca',
  'gs     0x0',
];

const ended = (over: Partial<Ending>) => classifyExit({ code: 1, signal: null, tail: [], ...over });
const causeOf = (...tail: readonly string[]) => ended({ tail })?.cause ?? null;

describe('classifyExit', () => {
  it('knows nothing of an end that said nothing', () => {
    for (const code of [null, 0, 1, 2, 3, 4, 126, 127, 255]) {
      expect([code, ended({ code })]).toEqual([code, null]);
    }
    expect(ended({ code: null, signal: 'SIGUSR2' })).toBeNull();
    expect(causeOf(info, 'Fatal: something new')).toBeNull();
  });

  it('names the flag, and quotes the line', () => {
    expect(ended({ tail: [info, unknown], flavour: 'geth' })).toEqual({
      cause: 'unknown-flag',
      class: 'never',
      summary: 'geth does not know the flag --metricz',
      remedy:
        'Remove the flag, or look for its present name: wemixvisor doctor -- <your arguments>, or the release notes of the node.',
      evidence: unknown,
      confidence: 'certain',
    });
    expect(ended({ tail: [unknown], flavour: 'gwemix' })?.summary).toMatch(/^gwemix /);
    expect(ended({ tail: [unknown] })?.summary).toMatch(/^the node /);
  });

  it.each([
    [taken, 'TCP port 8551 of 127.0.0.1 is taken by another process (usually for the Engine API)'],
    [
      'Fatal: Error starting protocol stack: listen udp :30311: bind: address already in use',
      'UDP port 30311 is taken by another process',
    ],
    [
      'Fatal: Error starting protocol stack: listen tcp [::]:8588: bind: address already in use',
      'TCP port 8588 of [::] is taken by another process (usually for HTTP)',
    ],
    [
      'Fatal: Failed to register the Ethereum service: incompatible state scheme, stored: hash, provided: path',
      'the state is kept in the hash scheme, --state.scheme asks for path',
    ],
    [
      'Fatal: --syncmode: unknown sync mode "fast", want "full" or "snap"',
      'the node does not take the value of --syncmode: unknown sync mode "fast", want "full" or "snap"',
    ],
    [
      'invalid value "s3cret" for flag -http.port: parse error',
      'the node does not take the value of --http.port',
    ],
    ['flag needs an argument: -http.port', 'the flag --http.port has no value'],
    [
      "Fatal: /etc/g.toml, line 3: field 'HttpPort' is not defined in node.Config, see x",
      'the node does not know the key "HttpPort" in line 3 of /etc/g.toml',
    ],
    [
      'Fatal: Failed to create the protocol stack: mkdir /srv/geth: permission denied',
      'the node may not use /srv/geth: permission denied',
    ],
    [
      'Fatal: Failed to register the Ethereum service: database version is v10, Geth 1.16.9-stable only supports v9',
      'the data has format v10, release 1.16.9-stable reads up to v9',
    ],
    [
      'Fatal: Failed to register the Ethereum service: invalid chain configuration: missing entry for fork "osaka" in blobSchedule',
      'the chain configuration sets the fork "osaka" and has no entry for it in blobSchedule',
    ],
    [
      'Fatal: open /etc/geth.conf: no such file or directory',
      'the file /etc/geth.conf does not exist',
    ],
    [exclusive, 'the flags --dev, --hoodi exclude each other'],
  ])('says of "%s": %s', (line, summary) => {
    expect(ended({ tail: [line] })?.summary).toBe(summary);
  });

  it('names the flag to change', () => {
    const scheme = 'Fatal: incompatible state scheme, stored: hash, provided: path';
    expect(ended({ tail: [scheme] })?.remedy).toContain('Set --state.scheme hash ');
    const engine =
      'Fatal: Could not open database: db.engine choice was pebble but found pre-existing leveldb database in specified data directory';
    expect(ended({ tail: [engine] })?.remedy).toContain('Set --db.engine leveldb ');
  });

  it('takes path and length of a JWT secret from the record before', () => {
    const record =
      'ERROR[03-04|09:15:02.118] Invalid JWT secret                       path=/srv/jwt.hex length=5';
    const fatal = 'Fatal: Error starting protocol stack: invalid JWT secret';
    const found = ended({ tail: [record, fatal] });
    expect(found?.summary).toBe(
      'the node cannot use the JWT secret in /srv/jwt.hex: 5 bytes instead of 32',
    );
    expect(found?.evidence).toBe(fatal);
    expect(ended({ tail: [fatal] })?.summary).toBe('the node cannot use the JWT secret');
  });

  it('takes the last reason, also where it is told twice or help stands behind it', () => {
    expect(causeOf(unknown, locked)).toBe('data-directory-locked');
    expect(causeOf(locked, locked, '')).toBe('data-directory-locked');
    expect(
      causeOf(
        'Incorrect Usage. flag provided but not defined: -x',
        '',
        ...Array.from({ length: 250 }, (_, each) => `   --flag${each} value`),
      ),
    ).toBe('unknown-flag');
    expect(causeOf(locked, 'Fatal: something new')).toBeNull();
  });

  it('does not take a reason that the program lived on after', () => {
    const few = Array.from({ length: 5 }, () => info);
    expect(causeOf(locked, ...few)).toBe('data-directory-locked');
    expect(causeOf(locked, ...few, '', info)).toBeNull();
    expect(causeOf(unknown, ...few, info)).toBeNull();
    expect(
      causeOf(`CRIT [03-04|09:15:02.118] Bootstrap URL invalid enode=x err=y`, ...few, info),
    ).toBeNull();
  });

  it('parts a message without a newline from what is glued to it', () => {
    expect(ended({ tail: [`${exclusive}${info}`] })).toMatchObject({
      cause: 'exclusive-flags',
      evidence: exclusive,
    });
    expect(causeOf(`${exclusive}${locked}`)).toBe('data-directory-locked');
    expect(causeOf(`${exclusive}${exclusive}${unknown}`)).toBe('unknown-flag');
    expect(causeOf(`${exclusive}exit status 1`)).toBe('exclusive-flags');
    expect(causeOf(`${exclusive}${info}`, info, info, info, info, info)).toBeNull();
  });

  it.each([
    ['a field', `INFO [03-04|09:15:02.118] Peer connected name="${locked}"`],
    ['a message', `WARN [03-04|09:15:02.118] ${locked}`],
    ['an indented line', ` ${locked}`],
    ['JSON', `{"t":"2026-03-04T09:15:02Z","lvl":"warn","msg":"x","err":"${locked}"}`],
    [
      'JSON with a second level',
      `{"t":"2026-03-04T09:15:02Z","lvl":"info","msg":"Bootstrap URL invalid","lvl":"crit"}`,
    ],
    [
      'JSON with a second message',
      `{"t":"2026-03-04T09:15:02Z","lvl":"crit","msg":"x","msg":"Bootstrap URL invalid"}`,
    ],
    ['another kind of record', 'ERROR[03-04|09:15:02.118] Bootstrap URL invalid err=x'],
  ])('does not take %s for the reason', (_, line) => {
    expect(causeOf(line)).toBeNull();
  });

  it('does not take the newlines of an RPC method for lines of the node', () => {
    const record = 'WARN [03-04|09:15:02.118] Served eth_x';
    const rest = 'reqid=1 duration="12.5µs" err="the method eth_x does not exist/is not available"';
    const crit = 'CRIT [03-04|09:15:02.118] Bootstrap URL invalid enode=x';
    expect(causeOf(record, `${locked} ${rest}`)).toBeNull();
    expect(causeOf(record, locked, `  ${rest}`)).toBeNull();
    expect(causeOf(record, unknown, '', rest)).toBeNull();
    expect(causeOf(record, `${crit} ${rest}`)).toBeNull();
    expect(causeOf(record, crit, `${info} ${rest}`)).toBeNull();
    expect(causeOf(record, locked, `${record} ${rest}`)).toBeNull();
    expect(causeOf(record, `${locked}${' '.repeat(5000)}${rest}`)).toBeNull();
    expect(causeOf(record, locked, `${' '.repeat(5000)}${rest}`)).toBeNull();
    const library = 'geth: error while loading shared libraries: x: y';
    expect(ended({ code: 127, tail: [`${library} ${rest}`] })).toBeNull();
    expect(ended({ code: 127, tail: [library] })?.cause).toBe('library-missing');
    expect(causeOf(`${record} ${rest}`, locked)).toBe('data-directory-locked');
  });

  it('does not take the trouble of a wrapper for the trouble of the node', () => {
    const wrapper = './run.sh: line 3: jq: command not found';
    expect(ended({ code: 127, tail: [wrapper] })).toMatchObject({ cause: 'wrong-program' });
    expect(ended({ code: 127, tail: [info, wrapper] })).toBeNull();
    expect(ended({ code: 127, tail: [wrapper, 'done'] })).toBeNull();
    expect(ended({ code: 1, tail: [wrapper] })).toBeNull();
  });

  it('sees a full disk in whatever failed by it', () => {
    expect(
      causeOf(
        'Fatal: Failed to create the protocol stack: open /srv/geth/LOCK: no space left on device',
      ),
    ).toBe('low-disk');
  });

  it('keeps its strings short and free of control characters', () => {
    const flag = 'x'.repeat(190);
    const found = ended({
      tail: [`\u001B[31mflag provided but not defined:\u001B[0m -${flag}\u0007\r`],
    });
    expect(found?.summary).toBe(`the node does not know the flag --${'x'.repeat(119)}…`);
    expect(found?.evidence).toBe(`flag provided but not defined: -${flag}`);
    const long = ended({
      tail: [`Fatal: Failed to read password file: open ${'y'.repeat(900)}: is a directory`],
    });
    expect(long?.evidence).toHaveLength(500);
  });
});

describe('a chain that has ended at a planned fork', () => {
  const said =
    'WARN [03-04|09:20:30.069] go-wemix skips mining due to Croissant hard fork height=100 parent-hash=a3e3ec..dd5813';
  const interrupt = 'INFO [03-04|09:20:31.069] Got interrupt, shutting down...';

  it('is why a member that is stopped from elsewhere is not started again', () => {
    const found = ended({ code: 0, tail: [said, interrupt], flavour: 'gwemix' });
    expect(found).toMatchObject({ cause: 'chain-ended', class: 'hold', evidence: said });
    expect(found?.summary).toBe(
      'the chain of gwemix ended at the Croissant hard fork, for which this release has no blocks',
    );
    expect(found?.remedy).toContain('Upgrade to the program that carries the fork');
    expect(ended({ code: null, signal: 'SIGTERM', tail: [said] })?.cause).toBe('chain-ended');
  });

  it('is no reason of a crash, of a stop that was asked for, or where a peer says it', () => {
    expect(ended({ code: null, signal: 'SIGSEGV', tail: [said] })?.cause).toBe('go-crash');
    expect(ended({ code: 0, tail: [said, interrupt], asked: true })).toBeNull();
    const ofPeer =
      'WARN [03-04|09:20:30.069] Synchronisation failed, dropping peer err="go-wemix skips mining due to Croissant hard fork"';
    expect(ended({ code: 0, tail: [ofPeer, interrupt] })?.cause).toBe('signal-from-elsewhere');
  });
});

describe('a low disk', () => {
  const stop =
    'ERROR[03-04|09:20:30.069] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.98GiB path=/srv/geth/geth';
  const warned =
    'WARN [03-04|09:20:00.069] Disk space is running low. Geth will shutdown if disk space runs below critical level. available=3.61GiB critical_level=2.00GiB path=/srv/geth/geth';
  const interrupt = 'INFO [03-04|09:20:30.069] Got interrupt, shutting down...';

  it('is told with its limit', () => {
    const found = ended({ code: 0, tail: [warned, stop, interrupt], flavour: 'geth' });
    expect(found).toMatchObject({
      cause: 'low-disk',
      class: 'hold',
      evidence: stop,
      confidence: 'certain',
    });
    expect(found?.summary).toBe(
      'geth stopped itself: free disk space is below its limit of 2.00GiB, 1.98GiB left',
    );
    expect(ended({ code: 0, tail: [stop] })?.summary).toBe(
      'the node stopped itself: free disk space is below its limit, 1.98GiB left',
    );
    const json =
      '{"t":"2026-03-04T09:20:30Z","lvl":"error","msg":"Low disk space. Gracefully shutting down Geth to prevent database corruption.","available":"1.98 GiB"}';
    expect(ended({ code: 0, tail: [json] })?.summary).toMatch(/1\.98 GiB left$/);
  });

  it('is the reason of an end in the middle of the shutdown, less surely', () => {
    expect(ended({ code: null, signal: 'SIGKILL', tail: [stop] })).toMatchObject({
      cause: 'low-disk',
      confidence: 'likely',
    });
    expect(ended({ code: 137, tail: [stop] })?.cause).toBe('low-disk');
    // As gwemix 0.10.9 ended in 5 of 14 starts without room.
    const panic = 'panic: cannot subscribe to new block head: io: read/write on closed pipe';
    const dump = [panic, '', 'goroutine 191 [running]:', 'main.main()'];
    expect(ended({ code: 2, tail: [stop, interrupt, ...dump] })).toMatchObject({
      cause: 'low-disk',
      class: 'hold',
      evidence: stop,
      confidence: 'likely',
    });
    expect(ended({ code: 2, tail: [interrupt, ...dump] })?.cause).toBe('go-panic');
    expect(ended({ code: 5, tail: [stop] })).toBeNull();
  });

  it('needs the record itself', () => {
    expect(ended({ code: 0, tail: [warned] })).toBeNull();
    expect(ended({ code: 0, tail: [stop.replace('ERROR[', 'INFO [')] })).toBeNull();
  });
});

describe('a crash of Go', () => {
  it('is told by the first line of its dump', () => {
    const found = ended({ code: 2, tail: [info, ...oldDump] });
    expect(found).toMatchObject({
      cause: 'go-crash',
      class: 'retry',
      evidence: oldDump[0],
      summary: 'the node crashed: SIGSEGV: segmentation violation',
      confidence: 'certain',
    });
    const memory = [
      'runtime: out of memory: cannot allocate 4194304-byte block (3221225472 in use)',
      'fatal error: out of memory',
      '',
      ...oldDump.slice(3),
    ];
    expect(ended({ code: 2, tail: [info, ...memory] })).toMatchObject({
      cause: 'out-of-memory',
      evidence: memory[0],
    });
  });

  it('is told by the first of several lines that give the reason', () => {
    const threads = [
      'runtime: failed to create new OS thread (have 12 already; errno=11)',
      'runtime: may need to increase max user processes (ulimit -u)',
      'fatal error: newosproc',
      '',
      'goroutine 1 [running]:',
    ];
    const found = ended({ code: 2, tail: [info, ...threads] });
    expect(found).toMatchObject({ cause: 'too-many-threads', evidence: threads[0] });
  });

  it('is told by its first line through a dump of thousands of lines', () => {
    const frames = Array.from({ length: 3000 }, (_, each) => `goroutine ${each} [select]:`);
    expect(ended({ code: 2, tail: ['panic: boom', ...frames] })?.evidence).toBe('panic: boom');
    expect(ended({ code: 2, tail: ['panic: boom', ...frames, ...frames] })?.cause).toBe('go-crash');
  });

  it('is likely where only the middle or the end of a dump is left', () => {
    for (const line of [
      'goroutine 7 [running]:',
      'goroutine 7 gp=0xc0001 m=3 mp=0xc0002 [running]:',
      'rip    0x46c2a1',
      'gs     0x0',
    ]) {
      const tail = ['main.main()', line, '', 'exit'];
      expect(ended({ code: 2, tail })).toMatchObject({
        cause: 'go-crash',
        confidence: 'likely',
        evidence: line,
      });
    }
    expect(ended({ code: 2, tail: ['gs 0x0 or so'] })).toBeNull();
  });

  it('is known by its signal too', () => {
    expect(ended({ code: null, signal: 'SIGABRT', tail: oldDump })?.evidence).toBe(oldDump[0]);
    expect(ended({ code: 139 })).toMatchObject({
      cause: 'go-crash',
      confidence: 'likely',
      evidence: '',
    });
    expect(ended({ code: null, signal: 'SIGSEGV', asked: true })?.cause).toBe('go-crash');
    expect(ended({ code: 0, tail: oldDump })).toBeNull();
  });
});

describe('a signal', () => {
  const interrupt = 'INFO [03-04|09:20:30.069] Got interrupt, shutting down...';

  it('from elsewhere is told with an end that was clean', () => {
    expect(ended({ code: 0, tail: [interrupt] })).toMatchObject({
      cause: 'signal-from-elsewhere',
      class: 'retry',
      evidence: interrupt,
      confidence: 'certain',
    });
    expect(ended({ code: 0, tail: [interrupt], asked: true })).toBeNull();
    expect(ended({ code: 0, tail: [`${interrupt} or so`] })).toBeNull();
    expect(ended({ code: 0, tail: [interrupt.replace('INFO ', 'WARN ')] })).toBeNull();
    expect(ended({ code: 4, tail: [interrupt] })).toBeNull();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'])(
    '%s that nobody asked for is from elsewhere',
    (signal) => {
      expect(ended({ code: null, signal })).toMatchObject({
        cause: 'signal-from-elsewhere',
        confidence: 'certain',
        evidence: '',
        summary: `somebody sent the node ${signal}`,
      });
      expect(ended({ code: null, signal, asked: true })).toBeNull();
    },
  );

  it('is known by the status of a shell, less surely', () => {
    expect(ended({ code: 143 })).toMatchObject({
      cause: 'signal-from-elsewhere',
      confidence: 'likely',
    });
    expect(ended({ code: 137 })?.cause).toBe('killed');
  });

  it('that makes Go dump its goroutines is from elsewhere, unless asked for', () => {
    const tail = ['SIGQUIT: quit', 'PC=0x46c2a1 m=0 sigcode=0', '', 'goroutine 0 [idle]:'];
    expect(ended({ code: 2, tail })).toMatchObject({
      cause: 'signal-from-elsewhere',
      evidence: 'SIGQUIT: quit',
    });
    expect(ended({ code: 2, tail, asked: true })).toBeNull();
  });

  it('KILL is likely the out-of-memory killer, unless asked for', () => {
    const found = ended({ code: null, signal: 'SIGKILL' });
    expect(found).toMatchObject({ cause: 'killed', class: 'retry', confidence: 'likely' });
    expect(found?.summary).toContain('out-of-memory killer');
    expect(ended({ code: null, signal: 'SIGKILL', asked: true })).toBeNull();
  });
});

describe('a kill by the kernel', () => {
  const lackOfMemory = 'Out of memory: Killed process 2817 (geth) total-vm:21733412kB';

  it('is the lack of memory that the kernel tells of', () => {
    expect(ended({ code: null, signal: 'SIGKILL', flavour: 'geth', lackOfMemory })).toMatchObject({
      cause: 'out-of-memory',
      class: 'retry',
      summary:
        'the kernel killed geth, as the machine, the container or a limit has no more memory',
      evidence: lackOfMemory,
      confidence: 'certain',
    });
    expect(ended({ code: 137, lackOfMemory })?.cause).toBe('out-of-memory');
  });

  it('is likely that, and no more, where the kernel tells of none', () => {
    expect(ended({ code: null, signal: 'SIGKILL' })).toMatchObject({
      cause: 'killed',
      confidence: 'likely',
    });
  });

  it('is none of an end that was asked for or had another reason', () => {
    expect(ended({ code: null, signal: 'SIGKILL', asked: true, lackOfMemory })).toBeNull();
    expect(ended({ code: null, signal: 'SIGTERM', lackOfMemory })?.cause).toBe(
      'signal-from-elsewhere',
    );
  });
});

describe('causes of an operator', () => {
  const licence = {
    pattern: /^Fatal: licence of (\w+) expired/,
    cause: 'plugin-licence',
    class: 'never',
    remedy: 'renew the licence',
  } as const;
  const line = 'Fatal: licence of tracer expired';

  it('are named before those of the table, for any exit status', () => {
    const own = [{ ...licence, pattern: /address already in use/, summary: 'taken' }, licence];
    expect(ended({ tail: [taken, line], own })).toEqual({
      cause: 'plugin-licence',
      class: 'never',
      summary: 'taken',
      remedy: 'renew the licence',
      evidence: taken,
      confidence: 'certain',
    });
    expect(ended({ code: 0, tail: [line, info], own: [licence] })).toMatchObject({
      cause: 'plugin-licence',
      summary: line,
      evidence: line,
    });
  });

  it('say nothing of an end that was asked for, and leave other ends to the table', () => {
    expect(ended({ tail: [line], own: [licence], asked: true })).toBeNull();
    expect(ended({ tail: [taken], own: [licence] })?.cause).toBe('port-taken');
  });

  it('see each line without colours, the last that matches, whatever the state of the pattern', () => {
    const stateful = { ...licence, pattern: /licence of (\w+)/g };
    stateful.pattern.lastIndex = 30;
    const own = [stateful];
    const tail = ['licence of a', '\u001B[31mlicence of b\u001B[0m'];
    expect(ended({ tail, own })?.evidence).toBe('licence of b');
    expect(ended({ tail, own })?.evidence).toBe('licence of b');
  });

  it('are bounded like the others', () => {
    const long = 'x'.repeat(1_000);
    const own = [{ ...licence, pattern: /x/, remedy: long }];
    const { summary, remedy, evidence } = ended({ tail: [long], own }) ?? {};
    expect([summary?.length, remedy?.length, evidence?.length]).toEqual([300, 400, 500]);
  });
});
