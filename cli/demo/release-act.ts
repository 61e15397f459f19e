import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { sign } from '@octokit/webhooks-methods';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCAL_DEFAULTS } from '../clients.js';
import { serveRepository } from './example-repository.js';
import { untilEverywhere } from './good-rollout.js';
import type { Check } from './report.js';
import type { Stage } from './stage.js';

/** What the demonstration of a release has shown. */
export interface ReleaseReport {
  readonly releaseId: string;
  /** How often each status was answered. */
  readonly answers: Readonly<Record<string, number>>;
  readonly rollouts: readonly { readonly id: string; readonly phase: string }[];
  readonly versions: Readonly<Record<string, number>>;
  readonly virtualSeconds: number;
  readonly checks: readonly Check[];
}

const COMPONENT = 'com.example.Thermostat';
const VERSION = '1.3.0';
const REPLAYS = 10;

async function putParameters(stage: Stage, values: Readonly<Record<string, string>>) {
  const { cloud, stage: name } = stage;
  const ssm = new SSMClient({ ...LOCAL_DEFAULTS, endpoint: cloud.url });
  for (const [parameter, Value] of Object.entries(values)) {
    const Name = `/greenwave/${name}/webhooks/github/${parameter}`;
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
  }
  ssm.destroy();
}

/** The text with its last bit but seven changed: the same length, another sign. */
const withOneBitChanged = (text: string) =>
  text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);

function sender({ cloud }: Stage, deliveryId: string) {
  return async (body: string, signature: string) => {
    const response = await fetch(`${cloud.url}/webhooks/github`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'release',
        'x-github-delivery': deliveryId,
        'x-hub-signature-256': signature,
      },
    });
    const text = await response.text();
    const [, releaseId = ''] = /"releaseId":"([^"]+)"/.exec(text) ?? [];
    return { status: response.status, releaseId };
  };
}

const tally = (statuses: readonly number[]) =>
  statuses.reduce<Record<string, number>>(
    (all, status) => ({ ...all, [status]: (all[status] ?? 0) + 1 }),
    {},
  );

/** Sends the webhook of the example: changed by a bit, which makes nothing, then ten times at once; then follows what it starts. */
async function play(stage: Stage, folder: string, api: string): Promise<ReleaseReport> {
  const { cloud, connections } = stage;
  const secret = randomBytes(24).toString('base64');
  await putParameters(stage, { secret, api });
  const body = await readFile(join(folder, 'published.json'), 'utf8');
  const signature = await sign(secret, body);
  const send = sender(stage, '6f1c0e2a-0000-4000-8000-000000000001');
  const begin = cloud.clock.now();
  const forged = [
    await send(withOneBitChanged(body.trimEnd()), await sign(secret, body.trimEnd())),
    await send(body, withOneBitChanged(signature)),
  ];
  const made = await connections.releases.list();
  const taken = await Promise.all(Array.from({ length: REPLAYS }, () => send(body, signature)));
  await cloud.clock.idle();
  const virtualSeconds = Math.round((cloud.clock.now() - begin) / 1000);
  const rollouts = (await connections.rollouts.list('all')).map(({ rolloutId, phase }) => ({
    id: rolloutId,
    phase,
  }));
  await untilEverywhere(stage, { [COMPONENT]: VERSION });
  const versions = cloud.emulator.inspect.versions(COMPONENT);
  const ids = new Set(taken.map(({ releaseId }) => releaseId));
  const components = cloud.calls()['Greengrass.CreateComponentVersion'];
  return {
    releaseId: taken[0]?.releaseId ?? '',
    answers: tally([...forged, ...taken].map(({ status }) => status)),
    rollouts,
    versions,
    virtualSeconds,
    checks: [
      {
        what: 'with one bit of body or signature changed it is refused, and makes nothing',
        isTrue: forged.every(({ status }) => status === 401) && made.length === 0,
      },
      {
        what: 'ten times at once it is taken ten times, as one release',
        isTrue: taken.every(({ status }) => status === 202) && ids.size === 1,
      },
      { what: 'one component version was made', isTrue: components === 1 },
      {
        what: 'one rollout was started, and is promoted',
        isTrue: rollouts.length === 1 && rollouts[0]?.phase === 'Promoted',
      },
      {
        what: `every device runs ${VERSION}`,
        isTrue: Object.entries(versions).every(([version, n]) => version === VERSION || n === 0),
      },
    ],
  };
}

/** The demonstration of a release: from a signed webhook to the new version on the fleet. */
export async function playRelease(stage: Stage, folder: string): Promise<ReleaseReport> {
  const repository = await serveRepository(folder);
  try {
    return await play(stage, folder, repository.url);
  } finally {
    repository.close();
  }
}
