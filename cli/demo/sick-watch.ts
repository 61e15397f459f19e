import type { LocalCloud } from '../../local/main.js';
import type { Settings } from '../../src/domain/remediation/settings.js';

/** How a device was seen sick: by what is so on it, not by what the cloud knows of that. */
export type SickSign = 'broken' | 'failed' | 'stuck' | 'silent';

type Inspect = LocalCloud['emulator']['inspect'];
type Deployment = ReturnType<Inspect['deployments']>[number];

const FAILED = new Set(['FAILED', 'REJECTED', 'TIMED_OUT']);

/** Whether a deployment is one of remediation's: nobody else deploys to single things here, or to groups of that name. */
export const isRemedy = ({ targetArn }: Pick<Deployment, 'targetArn'>): boolean =>
  /:thing\/|:thinggroup\/gw-remedy-/.test(targetArn);

const isOfTarget = ({ targetArn }: Deployment) => !/:thing\/|:thinggroup\/gw-/.test(targetArn);

/** The last revision of each target; what was cancelled holds for nobody. */
function latestOf(inspect: Inspect): Deployment[] {
  const latest = new Map<string, Deployment>();
  for (const one of inspect.deployments().filter(isOfTarget)) latest.set(one.targetArn, one);
  return [...latest.values()].filter(({ status }) => status !== 'CANCELED');
}

/** Looks at the fleet now and then, and keeps who was ever sick, and how. */
export function sickWatch(inspect: Inspect, settings: Settings) {
  const sick = new Map<string, Set<SickSign>>();
  const goneSince = new Map<string, number>();

  const note = (thing: string, sign: SickSign) =>
    sick.set(thing, (sick.get(thing) ?? new Set()).add(sign));

  function seeDevice(thing: string, now: number) {
    const { isOnline, components } = inspect.device(thing);
    if (Object.values(components).some(({ lifecycleState }) => lifecycleState === 'BROKEN'))
      note(thing, 'broken');
    if (isOnline) goneSince.delete(thing);
    else goneSince.set(thing, goneSince.get(thing) ?? now);
    const since = goneSince.get(thing);
    if (since !== undefined && now - since >= settings.silentAfterSeconds * 1000)
      note(thing, 'silent');
  }

  return {
    sick: sick as ReadonlyMap<string, ReadonlySet<SickSign>>,
    see(now: number): void {
      for (const thing of inspect.devices()) seeDevice(thing, now);
      const stuckBefore = now - settings.stuckAfterSeconds * 1000;
      for (const { executions } of latestOf(inspect))
        for (const { thingName, status, lastUpdatedAt } of executions) {
          if (FAILED.has(status)) note(thingName, 'failed');
          if (status === 'IN_PROGRESS' && lastUpdatedAt <= stuckBefore) note(thingName, 'stuck');
        }
    },
  };
}

export type SickWatch = ReturnType<typeof sickWatch>;
