import { greengrassWire } from '../../emulator/wire/services.js';

type Schema = (typeof greengrassWire.operations)[number]['input'];

/** The paths of all members of a structure; `[]` is what is in a list or a map. */
function membersOf(schema: Schema): string[] {
  if (schema.isStructSchema())
    return [...schema.structIterator()].flatMap(([name, member]) => [
      name,
      ...membersOf(member).map((path) => `${name}.${path}`),
    ]);
  if (schema.isListSchema() || schema.isMapSchema())
    return membersOf(schema.getValueSchema()).map((path) => `[].${path}`);
  return [];
}

/** The names of the operations of Greengrass V2 as the AWS SDK for JavaScript has them. */
export const operationNames = greengrassWire.operations.map(({ name }) => name).sort();

/** What goes in and out of each of them. */
export const sdkMembers = Object.fromEntries(
  greengrassWire.operations.map(({ name, input, output }) => [
    name,
    { input: membersOf(input), output: membersOf(output) },
  ]),
);
