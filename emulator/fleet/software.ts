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
      merged: undefined,
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

const LEAVES_NOTHING = ['FAILED_NO_STATE_CHANGE', 'FAILED_ROLLBACK_COMPLETE', 'REJECTED'];

/**
 * What a device runs after a deployment that ended like this.
 * Documented: nucleus source, CurrentDeploymentFinisher: roots and creation time are kept after a success and after
 * FAILED_ROLLBACK_NOT_REQUESTED, and else stay what they were.
 */
export function softwareAfter(
  before: Software,
  composition: Composition,
  { status, detailedStatus }: Outcome,
  culprit: string,
  at: number,
): Software {
  if (status === 'SUCCEEDED') return settle(composition, before, at);
  if (LEAVES_NOTHING.includes(detailedStatus)) return before;
  const settled = settle(composition, before, at);
  const broken = withState(settled, culprit, 'BROKEN', 'STARTUP_ERROR', at);
  return detailedStatus === 'FAILED_UNABLE_TO_ROLLBACK'
    ? { ...broken, slots: before.slots }
    : broken;
}
