import { expect, test } from '@jest/globals';
import { startEmulator } from '../../emulator/main.js';

/** As from JavaScript: no types tell of a slip. */
const starting = (options: object) =>
  startEmulator({ fleet: {}, ...options }).then((emulator) => emulator.close());

test.each([
  [
    { timeScale: 'fast' },
    `timeScale: "fast" is not right; write 1, another number above 0, or 'max'`,
  ],
  [{ timeScale: 0 }, `timeScale: 0 is not right; write 1, another number above 0, or 'max'`],
  [{ port: 70_000 }, 'port: 70000 is not right; write a port, whole and from 0 to 65535'],
  [{ quotas: 'on' }, 'quotas: "on" is not right; write true or false'],
  [{ fleet: 7 }, 'fleet: 7 is not right; write the path of a fleet file, or its content'],
  [{ fleet: undefined }, 'fleet: is missing; write the path of a fleet file, or its content'],
  [{ dataDir: '' }, 'dataDir: "" is not right; write the path of a directory'],
  [{ onEvent: 'log' }, 'onEvent: "log" is not right; write a function that takes an event'],
  [
    { portt: 1 },
    'portt: is not a field; known here: fleet, port, timeScale, quotas, dataDir, onEvent',
  ],
])('startEmulator with %j says what is wrong', async (options, message) => {
  await expect(starting(options)).rejects.toThrow(new TypeError(`startEmulator: ${message}`));
});
