import { readFile, rm, writeFile } from 'node:fs/promises';
import { hasCode } from '../error-code.js';
import { DataDirectoryError } from './data-directory-error.js';

/**
 * A process that has been killed leaves its lock; in a container the next one may well have its number. One that was killed
 * as it took the lock leaves it empty.
 */
function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Takes a directory for this process alone; answers how to give it back. */
export async function lockDirectory(file: string): Promise<() => Promise<void>> {
  const take = () => writeFile(file, `${process.pid}\n`, { flag: 'wx' });
  await take().catch(async (error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
    const pid = Number(await readFile(file, 'utf8'));
    if (isRunning(pid))
      throw new DataDirectoryError(
        `process ${pid} is using this directory; if that is no emulator of greenwave, delete ${file}`,
      );
    await rm(file, { force: true });
    await take();
  });
  return () => rm(file, { force: true });
}
