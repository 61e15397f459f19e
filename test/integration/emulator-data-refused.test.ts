import { expect, test } from '@jest/globals';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { dataFile, keptFleet, startKeeping as start } from '../support/kept-emulator.js';

const journal = () => dataFile('journal');

const write = async () => {
  const { emulator, deploy } = await start();
  await deploy('1.1.0');
  await emulator.clock.advance(60);
  await deploy('1.0.0');
  await emulator.close();
  // Read once more, it has no lines that can be done without.
  await (await start()).emulator.close();
  return (await readFile(journal(), 'utf8')).split('\n').slice(0, -1);
};
const rewrite = (lines: readonly string[]) =>
  writeFile(journal(), lines.map((line) => `${line}\n`).join(''));
const refusal = (message: string) => expect(start()).rejects.toThrow(message);

test('a torn last line is tolerated, wherever it is torn', async () => {
  const lines = await write();
  const torn = lines.at(-1) ?? '';
  for (const length of [1, 8, 9, 20, torn.length - 1]) {
    await rewrite(lines);
    await appendFile(journal(), torn.slice(0, length));
    await (await start()).emulator.close();
    expect((await readFile(journal(), 'utf8')).split('\n')).toEqual([...lines, '']);
  }
  await rewrite([...lines, `${torn.slice(0, 30)}${'\0'.repeat(8)}`]);
  const { emulator } = await start();
  expect(emulator.inspect.deployments()).toHaveLength(3);
});

test('a damaged line before the last is refused', async () => {
  const [header = '', call = '', ...rest] = await write();
  await rewrite([header, call.replace('1.1.0', '1.1.1'), ...rest]);
  await refusal(`${journal()}: line 2 is damaged`);
});

test('another fleet is refused', async () => {
  await write();
  const other: FleetFile = { ...keptFleet, seed: 8 };
  await expect(start({ fleet: other })).rejects.toThrow(
    `${journal()} belongs to another fleet file, or one of its files has changed: start with the one that it was written with, or with another directory`,
  );
});

test('a directory in use is refused', async () => {
  await start();
  // The lock of this very process counts for nothing, as in a container all have the same number.
  await writeFile(dataFile('lock'), '1\n');
  await refusal('process 1 is using this directory');
});

test.each([
  ['of a process that is gone', '4194304\n'],
  ['that was being written when its process was killed', ''],
])('a lock %s counts for nothing', async (_, lock) => {
  await write();
  await writeFile(dataFile('lock'), lock);
  const { emulator } = await start();
  expect(emulator.inspect.deployments()).toHaveLength(3);
});

test('a file in place of the directory is refused', async () => {
  await write();
  const dataDir = dataFile('lock');
  await writeFile(dataDir, '');
  await expect(start({ dataDir })).rejects.toThrow(`${dataDir} is a file; name a directory`);
});
