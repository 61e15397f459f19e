import { CreateComponentVersionCommand, GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
} from '@aws-sdk/client-iot';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/main.js';
import { type LocalCloud, startLocalCloud } from '../../local/main.js';
import { badRolloutFiles, good } from '../support/bad-rollout-files.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { recordingTerminal } from '../support/recording-terminal.js';

let cloud: LocalCloud;
let folder: string;
let holder: string;

const greenwave = async (...argv: string[]) => {
  const { terminal, out, err } = recordingTerminal({ AWS_ENDPOINT_URL: cloud.url });
  return { code: await main(argv, terminal), out, err };
};

/** Every call that changes something in the cloud, by its name. */
const changes = () =>
  Object.entries(cloud.calls()).filter(([name]) =>
    /\.(Create|Add|Remove|Delete|Cancel|Start|Put|Update)/.test(name),
  );

/** What plan and rollout say of a file; neither changes anything in the cloud. */
async function refusalOf(name: string, written: unknown): Promise<string[]> {
  const file = join(folder, name);
  await writeFile(file, typeof written === 'string' ? written : JSON.stringify(written));
  const before = changes();
  const planned = await greenwave('plan', file);
  const started = await greenwave('rollout', file);
  expect(changes()).toEqual(before);
  expect({ ...planned, err: [] }).toEqual({ code: 1, out: [], err: [] });
  expect(started).toEqual(planned);
  return planned.err.map((line) => line.replace('greenwave: ', '').replaceAll(`${folder}/`, ''));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenwave-'));
  const fleet = thermostats(20);
  const devices = { count: 20, deployed: { [thermostat]: { componentVersion: '1.0.0' } } };
  cloud = await startLocalCloud({
    fleet: {
      ...fleet,
      thingGroups: {
        ...fleet.thingGroups,
        held: devices,
        spare: { count: 1 },
        // Without a deployment of its own: two groups that pin different versions would fail on every device of both.
        neighbours: {
          members: Array.from({ length: 20 }, (_, i) => `held-${String(i + 1).padStart(4, '0')}`),
        },
      },
    },
    timeScale: 'max',
  });
  const config = {
    endpoint: cloud.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  // The clients of the CLI read it themselves.
  process.env['AWS_ENDPOINT_URL'] = cloud.url;
  const iot = new IoTClient(config);
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'lamps' }));
  await iot.send(new CreateThingCommand({ thingName: 'lamp' }));
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'lamp', thingGroupName: 'lamps' }));
  const corner = { thingGroupName: 'corner', parentGroupName: 'held' };
  await iot.send(new CreateThingGroupCommand(corner));
  await iot.send(
    new AddThingToThingGroupCommand({ thingName: 'spare-0001', thingGroupName: 'corner' }),
  );
  const recipe = await readFile('examples/recipes/thermostat-1.1.0.yaml', 'utf8');
  const file = join(folder, 'holder.json');
  const waves = [{ devices: 5, bake: '1m', approval: true }, { percent: 100 }];
  const held = { ...good, name: 'holder', target: 'thinggroup/held', strategy: { waves } };
  await writeFile(file, JSON.stringify(held));
  expect(await greenwave('rollout', file)).toMatchObject({ code: 0 });
  await cloud.clock.idle();
  const { out } = await greenwave('list', '--json');
  expect(out.join()).toContain('AwaitingApproval');
  [, holder = ''] = /"id": "(holder-[a-z2-7]{8})"/.exec(out.join('\n')) ?? [];
  // Time stands still from here on, so that this version never becomes DEPLOYABLE.
  await new GreengrassV2Client(config).send(
    new CreateComponentVersionCommand({
      inlineRecipe: Buffer.from(recipe.replace('1.1.0', '1.2.0')),
    }),
  );
});

afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

test.each(badRolloutFiles)(
  '%s is refused by file, field and value, and nothing is changed',
  async (_, written, lines) => {
    expect(await refusalOf('r.yaml', written)).toEqual(lines);
  },
);

test('a component name that is too long is refused', async () => {
  const components = { ['x'.repeat(129)]: { version: '1.1.0' } };
  const [line, ...more] = await refusalOf('r.yaml', { ...good, release: { components } });
  expect(line).toMatch(
    /^r\.yaml: release\.components.*x+.* is not a component name of 1 to 128 letters, digits, dots, dashes or underscores$/,
  );
  expect(more).toEqual([]);
});

test('a target that waits for an approval is refused, and the rollout named', async () => {
  expect(await refusalOf('r.yaml', { ...good, target: 'thinggroup/held' })).toEqual([
    `r.yaml: target: thinggroup/held is held by rollout ${holder}; wait until it is over, or end one whose execution is dead with \`greenwave cleanup ${holder}\``,
  ]);
});

test('a group below a held one is refused, and the rollout named', async () => {
  expect(await refusalOf('r.yaml', { ...good, target: 'thinggroup/corner' })).toEqual([
    `r.yaml: release: thinggroup/held pins ${thermostat} 1.0.0; the release pins ${thermostat} 1.1.0: no version meets both (the device)`,
    `r.yaml: target: thinggroup/corner lies inside arn:aws:iot:eu-west-1:123456789012:thinggroup/held, which is held by rollout ${holder}; wait until it is over, or end one whose execution is dead with \`greenwave cleanup ${holder}\``,
  ]);
});

test('a group that shares devices with a rollout group is refused, and the rollout named', async () => {
  const [pins, line, ...more] = await refusalOf('r.yaml', {
    ...good,
    target: 'thinggroup/neighbours',
  });
  expect(pins).toBe(
    `r.yaml: release: thinggroup/held pins ${thermostat} 1.0.0; the release pins ${thermostat} 1.1.0: no version meets both (all 20 devices)`,
  );
  expect(line).toContain('r.yaml: target: thinggroup/neighbours shares held-');
  expect(line).toContain(
    `which is held by rollout ${holder}; wait until it is over, or end one whose execution is dead with \`greenwave cleanup ${holder}\``,
  );
  expect(more).toEqual([]);
});
