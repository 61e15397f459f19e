import type { DeploymentDocument } from '../domain/deployment-document.js';
import { canaryOf } from '../domain/preflight/canary.js';
import type { Pins } from '../domain/preflight/pins.js';
import { outlook, scopeOf, type PreflightFacts } from '../domain/preflight/preflight.js';
import type { RolloutFile } from '../domain/rollout-file.js';
import type { TargetFacts } from '../domain/target-facts.js';
import { isThing } from '../domain/target.js';
import { readCatalogue } from './catalogue.js';
import type { Greengrass } from './greengrass.js';
import { newestOf } from './groups-around.js';
import type { Iot } from './iot.js';
import { neighboursOf } from './neighbours.js';
import { ROLLOUT_TAG } from './own-deployment.js';
import type { Rollouts } from './rollouts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

type KnownFacts = Omit<TargetFacts, 'preflight'>;

/** What the rollout that made this document pinned in it, or found pinned when it began: a way back has the latter. */
async function pinsIn(rollouts: Rollouts, document: DeploymentDocument | undefined): Promise<Pins> {
  const rolloutId = document?.tags?.[ROLLOUT_TAG];
  const rollout = rolloutId === undefined ? undefined : await rollouts.read(rolloutId);
  const versions = Object.entries(document?.components ?? {});
  return Object.fromEntries(
    versions.flatMap(([name, { componentVersion }]) =>
      [rollout?.pins?.[name], rollout?.pinsBefore?.[name]].includes(componentVersion)
        ? [[name, componentVersion]]
        : [],
    ),
  );
}

async function installedOn(greengrass: Greengrass, things: readonly string[]) {
  const found = [];
  for (const thing of things) {
    const components = Object.fromEntries(await greengrass.installedVersions(thing));
    found.push({ thing, components });
  }
  return found;
}

/**
 * Everything else that preflight looks at: other targets of the same devices, what the canary's devices run (one call each, of at most
 * 25), and the recipes of all that they would take.
 */
export async function readPreflightFacts(
  { greengrass, iot, rollouts }: Ports,
  {
    rolloutId,
    file,
    ancestors,
  }: { rolloutId: string; file: RolloutFile; ancestors: readonly string[] },
  facts: KnownFacts,
): Promise<PreflightFacts> {
  const { targetArn, members } = facts;
  const canary = canaryOf(rolloutId, file, facts);
  const { neighbours, unread } = isThing(targetArn)
    ? {
        neighbours: (await newestOf(greengrass, ancestors)).map((one) => ({
          ...one,
          things: members,
        })),
        unread: 0,
      }
    : await neighboursOf({ greengrass, iot }, { targetArn, ancestors, members, canary });
  const pins = await pinsIn(rollouts, facts.revisions.at(-1)?.document);
  const installed = await installedOn(greengrass, canary);
  const known = { neighbours, unread, installed, pins };
  const scope = scopeOf(facts, file.release, pins);
  const catalogue = await readCatalogue(
    greengrass,
    targetArn,
    (read) => outlook(scope, { ...known, catalogue: read }).lacking,
  );
  return { ...known, catalogue };
}
