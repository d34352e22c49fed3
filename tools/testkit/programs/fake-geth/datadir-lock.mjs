import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Names a live process so that neither a zombie nor a reused pid is taken for it; null when it is gone. */
function identity(pid) {
  process.kill(pid, 0);
  if (process.platform !== 'linux') return String(pid);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? null : `${pid} ${fields[19]}`;
}

function isHeld(file) {
  try {
    const holder = readFileSync(file, 'utf8');
    return identity(Number(holder.split(' ')[0])) === holder;
  } catch {
    return false;
  }
}

/** Takes the lock of an instance folder as geth does, or says why not; release() gives it back. */
export function takeLock(instanceFolder) {
  const file = join(instanceFolder, 'LOCK');
  try {
    mkdirSync(instanceFolder, { recursive: true });
    if (isHeld(file)) return { why: 'datadir already used by another process' };
    writeFileSync(file, identity(process.pid));
    return { why: null, release: () => rmSync(file, { force: true }) };
  } catch (error) {
    const denied = error.code === 'EACCES';
    return { why: denied ? `mkdir ${instanceFolder}: permission denied` : error.message };
  }
}
