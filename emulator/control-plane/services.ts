import type { Cloud, Deployment, DeviceSide, Execution, FleetSide } from '../cloud.js';
import type { AccountSettings } from './account-settings.js';
import type { Assumptions } from './assumptions.js';
import { createClientTokens, type ClientTokens } from './client-tokens.js';
import { createComponents, type Components } from './components.js';
import { Deployments } from './deployments.js';
import { createDeviceSide } from './device-side.js';
import { Executions } from './executions.js';
import { createIdentifiers, type Identifiers } from './identifiers.js';
import { isAborted } from './job-abort.js';
import { createJobRollout } from './job-rollout.js';
import { createMembership, type Membership } from './membership.js';
import { notifyExecution } from './notifications.js';
import { createRegistry, type Registry } from './registry.js';

/** What the operations work with; each takes only what it needs. */
export interface Services {
  readonly cloud: Cloud;
  readonly identifiers: Identifiers;
  readonly clientTokens: ClientTokens;
  readonly registry: Registry;
  readonly membership: Membership;
  readonly components: Components;
  readonly deployments: Deployments;
  readonly executions: Executions;
  readonly device: DeviceSide;
  readonly accountSettings: AccountSettings;
}

/** Wires the parts of the control plane over one cloud. */
export function createServices(cloud: Cloud, fleet: FleetSide, assumptions: Assumptions): Services {
  const moved = (deployment: Deployment, execution: Execution) => {
    notifyExecution(cloud, deployment, execution);
    if (deployment.status === 'ACTIVE' && isAborted(deployment, assumptions))
      deployments.end(deployment, assumptions.abortedIsFailed ? 'FAILED' : 'CANCELED');
  };
  const identifiers = createIdentifiers(cloud.seed);
  const registry = createRegistry(cloud);
  const executions = new Executions(cloud, fleet, moved);
  const jobRollout = createJobRollout(cloud, executions);
  const deployments = new Deployments({
    cloud,
    identifiers,
    registry,
    executions,
    jobRollout,
    assumptions,
  });
  const membership = createMembership(cloud, registry, deployments);
  return {
    cloud,
    identifiers,
    clientTokens: createClientTokens(cloud, assumptions),
    registry,
    membership,
    components: createComponents(cloud, assumptions),
    deployments,
    executions,
    device: createDeviceSide(cloud, registry, membership, executions),
    accountSettings: { serviceRole: undefined, connectivity: new Map() },
  };
}
