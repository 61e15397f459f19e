import { settle, type Composition } from './compose-software.js';
import type { RunningComponent, Software } from './core-device.js';
import type { Outcome } from './outcome.js';
import { nucleusName, type Runtime } from './runtime.js';

/** What comes from the installer: the core software and nothing else. Devices of one version share it. */
const freshSoftware = (runtime: Runtime, nucleusVersion: string, at: number): Software => ({
  nucleusVersion,
  slots: [],
  components: [
    {
      name: nucleusName(runtime),
      source: undefined,
      version: nucleusVersion,
      configuration: {},
      updates: [],
      state: 'FINISHED',
      statusCode: undefined,
      // Documented: AWS CLI, example of ListInstalledComponents: the default filter ROOT lists the nucleus.
      isRoot: true,
      startedAt: at,
      stateChangedAt: at,
      installedBy: 'LOCAL',
    },
  ],
});

/** Answers the software of a device that is installed now. */
export function createInstaller() {
  const known = new Map<string, { readonly at: number; readonly software: Software }>();
  return (runtime: Runtime, nucleusVersion: string, at: number): Software => {
    const key = `${runtime} ${nucleusVersion}`;
    const last = known.get(key);
    if (last?.at === at) return last.software;
    const software = freshSoftware(runtime, nucleusVersion, at);
    known.set(key, { at, software });
    return software;
  };
}

/** The same software with one component in another state; nothing else of it changes. */
export const withState = (
  software: Software,
  name: string,
  state: RunningComponent['state'],
  statusCode: RunningComponent['statusCode'],
  at: number,
): Software => ({
  ...software,
  components: software.components.map((component): RunningComponent =>
    component.name === name ? { ...component, state, statusCode, stateChangedAt: at } : component,
  ),
});

/**
 * The software that a device has gone back to. What had been started, taken away or gone bad since runs anew.
 * Documented: nucleus source, DefaultActivator.rollback: it restarts what the merge had changed, and what is broken.
 */
function goneBack(
  before: Software,
  now: Software,
  { software, started }: Composition,
  at: number,
): Software {
  const components = before.components.map((component) => {
    const isIt = ({ name }: RunningComponent) => name === component.name;
    const stays = software.components.some((each) => isIt(each) && !started.includes(each));
    const isSame = now.components.find(isIt)?.stateChangedAt === component.stateChangedAt;
    return stays && isSame ? component : { ...component, startedAt: at, stateChangedAt: at };
  });
  return { ...before, components };
}

const LEAVES_NOTHING = ['FAILED_NO_STATE_CHANGE', 'REJECTED'];

/** What a device runs when a deployment ends, and what it ran when the deployment began to merge. */
export interface Course {
  readonly before: Software;
  readonly now: Software;
}

/**
 * What a device runs after a deployment that ended like this.
 * Documented: nucleus source, CurrentDeploymentFinisher: roots and creation time are kept after a success and after
 * FAILED_ROLLBACK_NOT_REQUESTED, and else stay what they were.
 */
export function softwareAfter(
  { before, now }: Course,
  composition: Composition,
  { status, detailedStatus }: Outcome,
  culprit: string,
  at: number,
): Software {
  if (status === 'SUCCEEDED') return settle(composition, now, at);
  if (LEAVES_NOTHING.includes(detailedStatus)) return now;
  if (detailedStatus === 'FAILED_ROLLBACK_COMPLETE') return goneBack(before, now, composition, at);
  const settled = settle(composition, now, at);
  const broken = withState(settled, culprit, 'BROKEN', 'STARTUP_ERROR', at);
  return detailedStatus === 'FAILED_UNABLE_TO_ROLLBACK'
    ? { ...broken, slots: before.slots }
    : broken;
}
