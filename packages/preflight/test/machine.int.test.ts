import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { WantedPort } from '../src/checks/listening-ports.ts';
import { checkLaunch } from '../src/index.ts';
import { withDefaultPorts } from '../src/ports.ts';

const machine = withDefaultPorts({});
/** No machine is too small for this. */
const any = { minimumFileDescriptors: 0 };
const isRoot = process.getuid?.() === 0;

describe('this machine', () => {
  const checking = async (wanted: WantedPort) =>
    (await checkLaunch({ ...any, ports: [wanted] })).map(({ message }) => message);

  it('names the owner of a TCP port, and nobody once it is free', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const wanted = { name: 'http', host: '127.0.0.1', port, protocol: 'tcp' } as const;
    expect(await checking(wanted)).toEqual([
      expect.stringMatching(
        new RegExp(`^tcp 127.0.0.1:${port} \\(http\\) is taken by .+ \\(pid ${process.pid}\\)$`),
      ),
    ]);
    expect(await checkLaunch({ ...any, ports: [wanted], ownPid: process.pid })).toEqual([]);
    server.close();
    await once(server, 'close');
    expect(await checking(wanted)).toEqual([]);
  });

  it('names the owner of a UDP port', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const wanted = { name: 'discovery', host: '127.0.0.1', port, protocol: 'udp' } as const;
    expect(await checking(wanted)).toEqual([expect.stringContaining(`(pid ${process.pid})`)]);
    socket.close();
  });

  it('has no owner of a file that is not locked', async () => {
    await using folder = await temporaryDirectory();
    writeFileSync(join(folder.path, 'LOCK'), '');
    expect(await checkLaunch({ ...any, instanceDirectory: folder.path })).toEqual([]);
    expect(await checkLaunch({ ...any, instanceDirectory: join(folder.path, 'none') })).toEqual([]);
  });

  it('has secrets, of which a pipe is not read: whoever reads it first has it alone', async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'jwt');
    const named = { flag: 'authrpc.jwtsecret', path, purpose: 'the secret' };
    const check = () => checkLaunch({ ...any, files: [{ ...named, content: 'jwt-secret' }] });
    writeFileSync(path, 'ab');
    expect(await check()).toHaveLength(1);
    writeFileSync(path, 'ab'.repeat(32));
    expect(await check()).toEqual([]);
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect(await check()).toEqual([]);
  });

  it('has folders, files and free space', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(await checkLaunch({ ...any, dataDirectory: join(folder.path, 'a', 'b') })).toEqual([]);
    expect(await checkLaunch({ ...any, dataDirectory: file })).toMatchObject([
      { message: `${file} is not a folder` },
    ]);
    const missing = { flag: 'config', path: join(folder.path, 'gone'), purpose: 'its settings' };
    expect(
      await checkLaunch({ ...any, files: [missing, { ...missing, path: file }] }),
    ).toMatchObject([
      { check: 'file', message: expect.stringMatching(/does not exist$/) as string },
    ]);
    const full = {
      ...any,
      dataDirectory: folder.path,
      minimumFreeDiskBytes: Number.MAX_SAFE_INTEGER,
    };
    expect(await checkLaunch(full)).toMatchObject([{ check: 'disk', severity: 'error' }]);
  });

  // Root may write everywhere.
  it.runIf(!isRoot)('has a folder that may not be written to', async () => {
    await using folder = await temporaryDirectory();
    const closed = join(folder.path, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    expect(await checkLaunch({ ...any, dataDirectory: closed })).toMatchObject([
      { message: `${closed} may not be written to` },
    ]);
  });

  it('has nothing where nothing can be read', () => {
    expect(machine.readText('/nonexistent')).toBe('');
    expect(machine.list('/nonexistent')).toEqual([]);
    expect(machine.readLink('/nonexistent')).toBe('');
    expect(machine.stat('/nonexistent')).toBeNull();
    expect(machine.mayAccess('/nonexistent', 'read')).toBe(false);
  });

  it.runIf(process.platform === 'linux')(
    'has the same limit of file descriptors by either way',
    async () => {
      const launch = { minimumFileDescriptors: Number.MAX_SAFE_INTEGER };
      const [onLinux, onMac] = await Promise.all([
        checkLaunch(launch, { platform: 'linux' }),
        checkLaunch(launch, { platform: 'darwin' }),
      ]);
      expect(onLinux).toEqual(onMac);
    },
  );
});

describe('a program', () => {
  it('gives its output, whatever its exit code', async () => {
    expect(await machine.run('/bin/sh', ['-c', 'echo "$0 $HOME"; exit 1', 'x'], 20_000)).toBe(
      'x \n',
    );
  });

  it('gives nothing where it cannot be run, or hangs', async () => {
    expect(await machine.run('/nonexistent', [], 20_000)).toBe('');
    expect(await machine.run('/bin/sh', ['-c', 'echo early; exec sleep 300'], 200)).toBe('');
  });
});
