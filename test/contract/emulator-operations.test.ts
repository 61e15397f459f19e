import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createClock } from '../../emulator/clock.js';
import { connectControlPlane } from '../../emulator/control-plane/control-plane.js';
import { createCloud } from '../../emulator/control-plane/create-cloud.js';
import { requiredMembers } from '../../emulator/wire/schemas.js';
import { greengrassWire, iotDataWire, iotWire } from '../../emulator/wire/services.js';

const folder = new URL('../../emulator/operations/', import.meta.url);
const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

const cloud = createCloud({
  region: 'eu-west-1',
  account: '123456789012',
  seed: 1,
  clock: createClock({ start: 0, timeScale: 'max' }),
  emit: () => undefined,
});
const { operations } = connectControlPlane(cloud, { wake: () => undefined });

const files = readdirSync(folder)
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();

test('each file of the operations is an operation that the server has, and the other way round', () => {
  const built = Object.values(operations).flatMap((each) => Object.keys(each));
  expect(files).toEqual(built.map(kebab).sort());
});

test.each([
  ['Greengrass', greengrassWire, Object.keys(operations.Greengrass)],
  ['IoT', iotWire, Object.keys(operations.IoT)],
  ['IoTData', iotDataWire, Object.keys(operations.IoTData)],
] as const)('the operations of %s are named as in the SDK', (_, wire, names) => {
  const known = wire.operations.map((operation) => operation.name);
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

test('all 29 operations of Greengrass V2 are built', () => {
  expect(greengrassWire.operations).toHaveLength(29);
  expect(Object.keys(operations.Greengrass)).toHaveLength(29);
});

test('each operation exports the step of its name', () => {
  const camel = (file: string) =>
    file.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const without = files.filter((file) => {
    const source = readFileSync(new URL(`${file}.ts`, folder), 'utf8');
    return !source.includes(`export const ${camel(file)} =`);
  });
  expect(without).toEqual([]);
});

test('the layout of the SDK schemas is the one that the wire reads', () => {
  const create = greengrassWire.operations.find(({ name }) => name === 'CreateDeployment');
  expect(create).toMatchObject({ method: 'POST', status: 201 });
  expect(create?.path.source).toBe('^\\/greengrass\\/v2\\/deployments$');
  expect(create && requiredMembers(create.input)).toEqual(['targetArn']);
  expect(greengrassWire.errors.get('ResourceNotFoundException')?.status).toBe(404);
  expect(greengrassWire.errors.get('ThrottlingException')?.status).toBe(429);
});
