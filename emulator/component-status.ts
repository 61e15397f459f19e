import type { ComponentVersion } from './cloud.js';
import type { StatusChange } from './status-change.js';

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
