import { afterEach, beforeEach, expect, it } from 'vitest';
import { recorderName } from '../../src/recorder-script.ts';
import type { NodeCommand } from '../../src/node-command.ts';
import type { ProcessPorts } from '../../src/ports.ts';
import type { SpawnedNode, SpawnOptions } from '../../src/spawn-node.ts';

/** A machine on which nodes can be spawned, real or fake. */
export interface SpawnMachine extends AsyncDisposable {
  readonly ports: Pick<ProcessPorts, 'spawn' | 'signal' | 'readExit' | 'platform'>;
  /** A node that ends with code 0 on SIGTERM and runs until then. */
  readonly command: NodeCommand;
  readonly options: SpawnOptions;
  /** Resolves once the released node is up. */
  readonly isUp: () => Promise<unknown>;
  /** Resolves once the condition holds. */
  readonly until: (condition: () => boolean) => Promise<unknown>;
}

/** What a supervisor relies on when it spawns and signals: the real machine and the fake one pass the same tests. */
export function spawnContract(open: () => Promise<SpawnMachine>): void {
  let machine: SpawnMachine;
  let node: SpawnedNode;

  beforeEach(async () => {
    machine = await open();
    node = await machine.ports.spawn(machine.command, machine.options);
  });
  afterEach(async () => {
    node.abandon();
    machine.ports.signal(-node.recorderPid, 'SIGKILL');
    await machine[Symbol.asyncDispose]();
  });

  const isAlive = (pid: number) => machine.ports.platform.identify(pid) !== undefined;
  const isGone = (pid: number) => machine.until(() => !isAlive(pid));
  const record = () => machine.ports.readExit(machine.options.runDirectory, 1);
  const up = async () => {
    node.release();
    await machine.isUp();
  };

  it('has a child that waits under its final pid until it is released', async () => {
    const waiting = machine.ports.platform.identify(node.pid);
    expect(machine.ports.platform.commandLine(node.pid)).toContain(recorderName);
    expect(record()).toBeUndefined();
    await up();
    expect(machine.ports.platform.identify(node.pid)?.startTime).toBe(waiting?.startTime);
    expect(machine.ports.platform.commandLine(node.pid)).not.toContain(recorderName);
  });

  it('lets a child that is abandoned end without executing anything', async () => {
    node.abandon();
    expect(await node.recorderEnded).toBe(125);
    expect(record()).toMatchObject({ code: 125, signal: null, ran: false });
    expect(isAlive(node.pid)).toBe(false);
  });

  it('records the exit code of a node that was asked to end', async () => {
    await up();
    expect(machine.ports.signal(node.pid, 'SIGTERM')).toBe(true);
    expect(await node.recorderEnded).toBe(0);
    expect(record()).toMatchObject({ code: 0, signal: null, ran: true });
    expect(machine.ports.signal(node.pid, 'SIGTERM')).toBe(false);
  });

  it('records the signal that killed a node', async () => {
    await up();
    machine.ports.signal(node.pid, 'SIGKILL');
    expect(await node.recorderEnded).toBe(137);
    expect(record()).toMatchObject({ code: null, signal: 'SIGKILL', ran: true });
  });

  it('lets the node go on when its recorder is killed, and then records nothing', async () => {
    await up();
    machine.ports.signal(node.recorderPid, 'SIGKILL');
    expect(await node.recorderEnded).toBeNull();
    expect(isAlive(node.pid)).toBe(true);
    machine.ports.signal(node.pid, 'SIGTERM');
    await isGone(node.pid);
    expect(record()).toBeUndefined();
  });

  it('has a group that the recorder leads, not the node, and whose recorder survives SIGTERM', async () => {
    await up();
    expect(machine.ports.signal(-node.pid, 'SIGTERM')).toBe(false);
    expect(isAlive(node.pid)).toBe(true);
    expect(machine.ports.signal(-node.recorderPid, 'SIGTERM')).toBe(true);
    expect(await node.recorderEnded).toBe(0);
    expect(record()).toMatchObject({ code: 0, ran: true });
  });

  it('loses the record when the whole group is killed at once', async () => {
    await up();
    machine.ports.signal(-node.recorderPid, 'SIGKILL');
    expect(await node.recorderEnded).toBeNull();
    await isGone(node.pid);
    expect(record()).toBeUndefined();
  });
}
