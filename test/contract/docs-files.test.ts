import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseFleet } from '../../emulator/load-fleet-file.js';
import { parseRolloutFile } from '../../src/domain/rollout-file.js';

const fleetPage = readFileSync('docs/fleet-file.md', 'utf8');
const rolloutPage = readFileSync('docs/rollout-file.md', 'utf8');

const documented = (page: string) =>
  [...page.matchAll(/^\| `([A-Za-z0-9]+)`/gm)].map(([, field = '']) => field);
const yamlBlocks = (page: string) =>
  [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']): unknown => parse(text));

/** A strange key makes the checker name the fields that it knows at that place. */
function fieldsNamedBy(check: () => unknown): string[] {
  try {
    check();
  } catch (error) {
    const [, names = ''] =
      /(?:known here:|the fields here are) ([\w, ]+)/.exec(String(error)) ?? [];
    return names.split(', ').filter(Boolean);
  }
  return [];
}

test.each([
  ['the top', { zz: 1 }, 11],
  ['a thing group', { thingGroups: { g: { zz: 1 } } }, 15],
  ['offline', { thingGroups: { g: { offline: { zz: 1 } } } }, 1],
  ['deployed', { thingGroups: { g: { deployed: { c: { zz: 1 } } } } }, 3],
  ['a behaviour', { behaviours: [{ zz: 1 }] }, 13],
  ['a component state', { componentStates: [{ zz: 1 }] }, 7],
  ['a timeline entry', { timeline: [{ zz: 1 }] }, 6],
  ['faults', { faults: { zz: 1 } }, 8],
  ['faults of an operation', { faults: { operations: { 'IoT.ListJobs': { zz: 1 } } } }, 6],
  ['slow', { faults: { slow: { zz: 1 } } }, 2],
  ['assumptions', { assumptions: { zz: 1 } }, 12],
  ['faults of events', { faults: { events: { zz: 1 } } }, 3],
])('the page of the fleet file has every field of %s', (_, fleet, count) => {
  const fields = fieldsNamedBy(() => parseFleet(fleet, 'fleet.yaml'));
  expect(fields).toHaveLength(count);
  expect(fields.filter((field) => !documented(fleetPage).includes(field))).toEqual([]);
});

test.each([
  ['the top', { zz: 1 }, 4],
  ['the release', { release: { zz: 1 } }, 1],
  ['a component', { release: { components: { c: { zz: 1 } } } }, 3],
  ['the strategy', { strategy: { zz: 1 } }, 6],
  ['a wave', { strategy: { waves: [{ zz: 1 }] } }, 5],
  ['health', { strategy: { health: { zz: 1 } } }, 5],
])('the page of the rollout file has every field of %s', (_, rollout, count) => {
  const fields = fieldsNamedBy(() => parseRolloutFile(rollout, 'rollout.yaml'));
  expect(fields).toHaveLength(count);
  expect(fields.filter((field) => !documented(rolloutPage).includes(field))).toEqual([]);
});

test('every fleet file on its page is one that the emulator takes', () => {
  const files = yamlBlocks(fleetPage);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(() => parseFleet(file, 'fleet.yaml')).not.toThrow();
});

test('every rollout file on its page is one that a rollout takes', () => {
  const files = yamlBlocks(rolloutPage);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(() => parseRolloutFile(file, 'rollout.yaml')).not.toThrow();
});

test('the messages on the page of the fleet file are what the emulator says', () => {
  const said = (fleet: unknown) => {
    try {
      parseFleet(fleet, 'fleet.yaml');
    } catch (error) {
      return error instanceof Error ? error.message.replace(/^/gm, 'greenwave: ') : '';
    }
    return '';
  };
  const blocks = [...fleetPage.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, text]) => text);
  expect(blocks).toEqual([
    said({ thingGroups: { thermostats: { count: 1, online: 95, nuclei: '2.15.0' } } }),
    said({
      thingGroups: { thermostats: { count: 1 } },
      behaviours: [{ component: 'A', version: '1.0.0', outcome: 'SILENT', afterSeconds: 60 }],
    }),
  ]);
});
