import { startEmulator } from '../../dist/emulator.mjs';

/* An emulator as a process of its own, until its stdin ends: `node emulator-process.mjs FLEET`, with the fleet as JSON. */
const emulator = await startEmulator({ fleet: JSON.parse(process.argv[2]), timeScale: 600 });
console.log(emulator.url);
process.stdin.on('end', () => process.exit()).resume();
