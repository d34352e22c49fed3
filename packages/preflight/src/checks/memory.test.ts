import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkMemory } from './memory.ts';

const gibibyte = 1024 ** 3;

interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  readonly totalKib?: number;
  readonly swapKib?: number;
}

/** The messages of a node, 700, with a cache of 4 GiB on a machine of 64 GiB. */
function messages({ files = {}, totalKib = 64 * 1024 ** 2, swapKib = 0 }: Machine, cache = 4) {
  const machine = fakeMachine();
  machine.paths.set('/proc/meminfo', `MemTotal: ${totalKib} kB\nSwapTotal:  ${swapKib} kB\n`);
  for (const [path, text] of Object.entries(files)) machine.paths.set(path, text);
  const node = { cacheBytes: cache * gibibyte, nodePid: 700, runningPid: 600 };
  return checkMemory(node, machine).map(({ message }) => message);
}

const v2 = { '/proc/700/cgroup': '0::/system.slice/geth.service\n' };
const own = '/sys/fs/cgroup/system.slice/geth.service/memory.max';
const killed = (limit: string, swap = ', and there is no swap', cache = '4 GiB') =>
  `the control group may take ${limit}, and the node has a cache of ${cache}${swap}: the kernel will kill it`;

describe('the check of memory', () => {
  it('accepts a machine without limits, as geth cuts its cache to that, and a limit of three caches', () => {
    expect(messages({ totalKib: 1024 ** 2 })).toEqual([]);
    expect(messages({ files: { ...v2, [own]: 'max\n' } })).toEqual([]);
    expect(messages({ files: { ...v2, [own]: `${12 * gibibyte}\n` } })).toEqual([]);
  });

  it('warns of a limit that the node does not see, of both versions of control groups', () => {
    expect(messages({ files: { ...v2, [own]: `${8 * gibibyte}\n` } })).toEqual([killed('8 GiB')]);
    expect(messages({ files: { ...v2, [own]: `${gibibyte}\n` }, swapKib: 1 })).toEqual([
      killed('1 GiB', ''),
    ]);
    const files = {
      '/proc/700/cgroup': '11:cpu,cpuacct:/a\n9:memory:/docker/abc\n0::/\n',
      '/sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes': `${2 * gibibyte}\n`,
    };
    expect(messages({ files })).toEqual([killed('2 GiB')]);
    const none = {
      ...files,
      '/sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes': '9223372036854771712\n',
    };
    expect(messages({ files: none })).toEqual([]);
  });

  it('takes the least limit of the groups above, and of the whole container', () => {
    const above = {
      ...v2,
      [own]: 'max\n',
      '/sys/fs/cgroup/system.slice/memory.max': `${gibibyte}\n`,
    };
    expect(messages({ files: above })).toEqual([killed('1 GiB')]);
    const root = { '/proc/700/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': `${gibibyte}\n` };
    expect(messages({ files: root })).toEqual([killed('1 GiB')]);
  });

  it('counts the cache that geth really has on a small machine', () => {
    const files = { ...v2, [own]: `${2 * gibibyte}\n` };
    expect(messages({ files, totalKib: 6 * 1024 ** 2 })).toEqual([
      killed('2 GiB', undefined, '2 GiB'),
    ]);
  });

  it('names what helps', () => {
    const machine = fakeMachine();
    machine.paths.set('/proc/self/cgroup', '0::/\n');
    machine.paths.set('/sys/fs/cgroup/memory.max', `${3 * gibibyte}`);
    const node = { cacheBytes: 2 * gibibyte, nodePid: null, runningPid: null };
    expect(checkMemory(node, machine)[0]?.remedy).toBe(
      'raise the limit (MemoryMax= of a unit, the memory of a container) to 6 GiB, or lower --cache to 1024',
    );
  });

  it('warns of a node of which more than a tenth is in swap', () => {
    const status = (swap: number) => ({
      '/proc/700/status': `VmRSS:\t 9437184 kB\nVmSwap:\t ${swap} kB\n`,
    });
    expect(messages({ files: status(1_048_576) })).toEqual([]);
    expect(messages({ files: status(1_048_577) })).toEqual([
      '1 GiB of the node is in swap, beside 9 GiB in memory: it is slow, and its stop takes long',
    ]);
  });

  it('tells nothing of macOS, nor without a cache or a node', () => {
    const files = { nodePid: 700, runningPid: null, cacheBytes: gibibyte };
    expect(checkMemory(files, fakeMachine('darwin'))).toEqual([]);
    expect(
      checkMemory({ cacheBytes: null, nodePid: null, runningPid: null }, fakeMachine()),
    ).toEqual([]);
  });
});
