import { ANSWERS, type Remedy } from './causes.js';
import type { DeviceFacts, Diagnosis } from './diagnosis.js';
import type { Settings } from './settings.js';

/**
 * What is to be done about a diagnosis: a remedy; nothing that a machine can do; nothing any more, as all attempts are used up; or
 * to wait until a rollout has ended.
 */
export type Choice =
  | { readonly remedy: Remedy }
  | { readonly none: string }
  | { readonly giveUp: string }
  | { readonly waitFor: string };

type Subject = Pick<DeviceFacts, 'coreVersion' | 'isLite'>;

/** Documented: subdeployments need a nucleus of 2.9 or newer. */
function takesSubdeployments({ coreVersion = '0.0' }: Subject): boolean {
  const [major = 0, minor = 0] = coreVersion.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 9);
}

/** Documented: Lite takes jobs only, cancels nothing, and knows no parent of a deployment. */
const LITE = 'Greengrass Lite takes no deployment to the one thing and no subdeployment';
const OLD = 'a nucleus before 2.9 takes no subdeployment';

/** Whether it is the last attempt, of more than one. */
const isLast = (attempts: number, settings: Settings) =>
  attempts > 0 && attempts >= settings.attempts - 1;

/** A rollout that has the target ends; anything else that is in the way is for a person. */
const without = (lockedBy: string | undefined, person: string): Choice =>
  lockedBy === undefined ? { none: person } : { waitFor: lockedBy };

interface Case {
  readonly diagnosis: Diagnosis;
  readonly isOld: boolean;
  /** The rollout that has its target. */
  readonly lockedBy: string | undefined;
}

const canGoBack = ({ diagnosis, isOld, lockedBy }: Case) =>
  !isOld && lockedBy === undefined && diagnosis.formerDeploymentId !== undefined;

/** The remedy that a cause wants, if this device can take it now. */
function inThisCase(wanted: Remedy, it: Case): Choice {
  const { diagnosis, isOld, lockedBy } = it;
  const { person } = ANSWERS[diagnosis.cause];
  if (wanted === 'takeBack') return canGoBack(it) ? { remedy: wanted } : without(lockedBy, person);
  // The shadow of a thing holds one deployment: another one takes its place, and there is no job to speak of.
  if (diagnosis.jobId === undefined) return { remedy: 'redeliver' };
  if (wanted !== 'retry') return { remedy: wanted };
  const isPossible = !isOld && lockedBy === undefined;
  return isPossible ? { remedy: wanted } : without(lockedBy, `${OLD}; ${person}`);
}

/**
 * The next remedy of a device that has had so many attempts: the first one of its cause, and at the last attempt the one that
 * goes further, where there is one and something to go back to. `lockedBy`: the rollout that has its target.
 */
export function chooseRemedy(
  diagnosis: Diagnosis,
  subject: Subject,
  attempts: number,
  settings: Settings,
  lockedBy: string | undefined,
): Choice {
  const { first, last, person } = ANSWERS[diagnosis.cause];
  if (first === undefined) return { none: person };
  if (subject.isLite) return { none: `${LITE}; ${person}` };
  if (attempts >= settings.attempts) return { giveUp: person };
  const it = { diagnosis, isOld: !takesSubdeployments(subject), lockedBy };
  const goesFurther = last !== undefined && isLast(attempts, settings) && canGoBack(it);
  return inThisCase(goesFurther ? last : first, it);
}
