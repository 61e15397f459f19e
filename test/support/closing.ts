import { afterEach } from '@jest/globals';

const open: { close(): Promise<void> }[] = [];

/** Closes what a test has opened when it ends, also where it fails. */
export function closing<Opened extends { close(): Promise<void> }>(opened: Opened): Opened {
  open.push(opened);
  return opened;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((opened) => opened.close()));
});

/** Closes at once what `closing` would close when the test ends. */
export async function closeNow(opened: { close(): Promise<void> }): Promise<void> {
  open.splice(open.indexOf(opened), 1);
  await opened.close();
}
