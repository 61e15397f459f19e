import * as z from 'zod';
import type { ComponentVersion } from './cloud.js';
import { keyed, oneOf, text } from './fleet/fleet-file-fields.js';

const message = () => text(/./, 'a message of one character or more').optional();

/** The fields that say what becomes of a component version in the cloud, with the states that it may get. */
export const statusFields = <const T extends readonly string[]>(states: T) => ({
  state: oneOf(states).optional(),
  message: message(),
  errors: keyed(
    text(/./, 'an artifact'),
    text(/./, 'a message'),
    'messages by artifact',
  ).optional(),
  vendorGuidance: oneOf(['ACTIVE', 'DISCONTINUED', 'DELETED']).optional(),
  vendorGuidanceMessage: message(),
});

/** As it is injected. */
export const StatusChange = z.strictObject(statusFields(['DEPLOYABLE', 'FAILED', 'DEPRECATED']));
export type StatusChange = z.infer<typeof StatusChange>;

/** Assumed: a version of which there is nothing to say has the message NONE, whatever its state and its vendor's guidance. */
const NOTHING_TO_SAY = 'NONE';

/** The status of a version that is there and hasn't settled yet. */
export const newStatus = (): Pick<
  ComponentVersion,
  'state' | 'stateMessage' | 'stateErrors' | 'vendorGuidance' | 'vendorGuidanceMessage'
> => ({
  state: 'REQUESTED',
  stateMessage: NOTHING_TO_SAY,
  stateErrors: {},
  vendorGuidance: 'ACTIVE',
  vendorGuidanceMessage: NOTHING_TO_SAY,
});

/** A state brings its message and errors with it, and guidance its message; what isn't named stays as it is. */
export function changeStatus(version: ComponentVersion, change: StatusChange): void {
  const { state, vendorGuidance } = change;
  if (state !== undefined) {
    version.state = state;
    version.stateMessage = change.message ?? NOTHING_TO_SAY;
    version.stateErrors = { ...change.errors };
  }
  if (vendorGuidance !== undefined) {
    version.vendorGuidance = vendorGuidance;
    version.vendorGuidanceMessage = change.vendorGuidanceMessage ?? NOTHING_TO_SAY;
  }
}

/**
 * Whether devices can get it. Documented: API model, CloudComponentStatus.vendorGuidance: DISCONTINUED yes, DELETED no, and
 * deployments that specify it fail. Assumed: only what is DEPLOYABLE, so nothing that is DEPRECATED.
 */
export const isDeployable = ({
  state,
  vendorGuidance,
}: Pick<ComponentVersion, 'state' | 'vendorGuidance'>): boolean =>
  state === 'DEPLOYABLE' && vendorGuidance !== 'DELETED';

/** Fields that would have no effect, and why. */
export function statusProblems({
  state,
  message,
  errors,
  vendorGuidance,
  vendorGuidanceMessage,
}: StatusChange): { field?: keyof StatusChange; problem: string }[] {
  const problems = [
    state === undefined &&
      vendorGuidance === undefined && {
        problem: 'changes nothing; write a state or a vendorGuidance',
      },
    message !== undefined &&
      state === undefined && {
        field: 'message' as const,
        problem: 'has no effect without a state',
      },
    errors !== undefined &&
      state !== 'FAILED' && {
        field: 'errors' as const,
        problem: 'has no effect but with state FAILED',
      },
    vendorGuidanceMessage !== undefined &&
      vendorGuidance === undefined && {
        field: 'vendorGuidanceMessage' as const,
        problem: 'has no effect without a vendorGuidance',
      },
  ];
  return problems.filter((problem) => problem !== false);
}
