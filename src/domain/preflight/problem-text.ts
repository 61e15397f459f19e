import type { Release } from '../rollout-file.js';
import { recipeKey, type Catalogue } from './catalogue.js';
import { askText, clash, isExact } from './clash.js';
import { isLite, nucleusName } from './device-kind.js';
import { platformText, type DeviceKind } from './device-kinds.js';
import type { KindOutlook, Outlook } from './preflight.js';
import type { Problem, VersionProblem } from './resolve.js';
import type { NucleusFate } from './nucleus.js';

/** Something to say of some devices, and how it weighs. */
interface Finding {
  readonly text: string;
  readonly weight: 'invalid' | 'not deployable' | 'warning';
}

/** What keeps devices from taking a release, and what a person is to know, a line each. */
export interface Findings {
  readonly invalid: readonly string[];
  readonly notDeployable: readonly string[];
  readonly warnings: readonly string[];
}

const some = (names: readonly string[] = []) => {
  const more = names.length - 5;
  return [...names.slice(0, 5), ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

function noVersion({ component, asks, versions }: VersionProblem): string {
  const [one, ...others] = clash({ asks, versions });
  const said = [one, ...others].flatMap((ask) => (ask ? [askText(component, ask)] : [])).join('; ');
  if (others.length > 0) return `${said}: no version meets ${others.length === 1 ? 'both' : 'all'}`;
  if (one && isExact(one)) return `${said}, which is not there or not DEPLOYABLE`;
  return `${said}: no DEPLOYABLE version does; ${versions && versions.length > 0 ? `there are ${some(versions)}` : 'there is none'}`;
}

const noManifest = ({ component, versions, asks }: VersionProblem, { platform }: DeviceKind) =>
  `${component} ${some(versions)} has no manifest for ${platformText(platform)} (${asks.map((ask) => askText(component, ask)).join('; ')})`;

const wholeReasons = {
  cycle: 'components that need each other',
  restless: 'what it needs undoes its choice, without end',
  nuclei: 'a device has one core software',
};

function problemFinding(problem: Problem, kind: DeviceKind): Finding {
  if ('asks' in problem)
    return problem.kind === 'no version'
      ? { text: noVersion(problem), weight: 'invalid' }
      : { text: noManifest(problem, kind), weight: 'not deployable' };
  return {
    text: `${problem.components.join(', ')}: ${wholeReasons[problem.kind]}`,
    weight: 'invalid',
  };
}

function nucleusFinding(fate: NucleusFate, { platform }: DeviceKind): Finding[] {
  const name = nucleusName(platform);
  if (fate.kind === 'problem') return [{ text: noVersion(fate.problem), weight: 'invalid' }];
  if (fate.kind === 'moves')
    return [
      {
        text: `${name} moves from ${fate.from} to ${fate.to}, which restarts every component`,
        weight: 'warning',
      },
    ];
  if (fate.kind !== 'unnamed') return [];
  const asks = fate.asks.map((ask) => askText(name, ask)).join('; ');
  return [
    {
      text: `${asks}; devices run ${name} ${fate.from}: only a document that names it may bring ${fate.to}`,
      weight: 'invalid',
    },
  ];
}

/** A version of the release that isn't there yet, which is said of the release already. */
const isSaid = (problem: Problem, release: Release, { recipes }: Catalogue) => {
  if (problem.kind !== 'no version') return false;
  const change = release.components[problem.component];
  if (change === undefined || change === 'remove') return false;
  const recipe = recipes[recipeKey(problem.component, change.version)];
  return recipe !== undefined && recipe?.state !== 'DEPLOYABLE';
};

function findingsOf(
  { kind, resolution, nuclei }: KindOutlook,
  release: Release,
  catalogue: Catalogue,
): Finding[] {
  const found = [
    ...resolution.problems
      .filter((problem) => !isSaid(problem, release, catalogue))
      .map((problem) => problemFinding(problem, kind)),
    ...nuclei.flatMap((fate) => nucleusFinding(fate, kind)),
    ...resolution.gone
      .filter((component) => release.components[component] === undefined)
      .map((component) => ({
        text: `${(resolution.asks.get(component) ?? []).map((ask) => askText(component, ask)).join('; ')}, which the cloud has no more: devices that don't have it yet can't take it`,
        weight: 'warning' as const,
      })),
  ];
  // Nobody can speak for the nucleus lite before the target itself gets the release: its devices are told apart, not refused.
  return isLite(kind.platform) ? found.map(({ text }) => ({ text, weight: 'warning' })) : found;
}

const devices = (things: readonly string[], all: number) => {
  if (things.length === all) return all === 1 ? 'the device' : `all ${all} devices`;
  return things.length === 1
    ? `1 device, ${things[0]}`
    : `${things.length} devices, such as ${things[0]}`;
};

/** What an outlook means, the same of several kinds of devices said once. */
export function findings({ kinds }: Outlook, release: Release, catalogue: Catalogue): Findings {
  const all = kinds.reduce((sum, { kind }) => sum + kind.things.length, 0);
  const told = new Map<string, { weight: Finding['weight']; things: string[] }>();
  for (const one of kinds)
    for (const { text, weight } of findingsOf(one, release, catalogue)) {
      const same = told.get(`${weight}\n${text}`) ?? { weight, things: [] };
      same.things.push(...one.kind.things);
      told.set(`${weight}\n${text}`, same);
    }
  const lines = (wanted: Finding['weight']) =>
    [...told]
      .filter(([, { weight }]) => weight === wanted)
      .map(([key, { things }]) => `${key.slice(key.indexOf('\n') + 1)} (${devices(things, all)})`);
  return {
    invalid: lines('invalid'),
    notDeployable: lines('not deployable'),
    warnings: lines('warning'),
  };
}
