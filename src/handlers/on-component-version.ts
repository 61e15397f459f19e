import * as z from 'zod';
import { RELEASE_TAG, type Components } from '../aws/components.js';
import { stepFunctions } from '../aws/connected.js';
import { required } from '../aws/release-environment.js';
import { components } from '../aws/release-ports.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { destinationsOf, type Policy } from '../domain/release/policy.js';
import { releaseIdOf } from '../domain/release/release-request.js';
import { packagedPolicies } from '../files/packaged-policies.js';
import { trigger } from './trigger.js';

/** As CloudTrail puts a call of CreateComponentVersion on the bus. */
const ComponentMade = z.object({
  detail: z.object({
    eventID: z.string(),
    responseElements: z.object({
      arn: z.string(),
      componentName: z.string(),
      componentVersion: z.string(),
    }),
  }),
});
type ComponentMade = z.infer<typeof ComponentMade>;

interface Ports {
  readonly components: Components;
  readonly stepFunctions: StepFunctions;
  readonly releaseMachineArn: () => string;
  readonly policies: () => Promise<Policy[]>;
}

/** Starts the release of a component version that somebody else has made, where a policy has the component. */
export const onComponentVersion =
  (ports: Ports) =>
  async ({ detail: { eventID, responseElements } }: ComponentMade) => {
    const { arn: componentArn, componentName: component, componentVersion } = responseElements;
    const version = componentVersion;
    if (destinationsOf(await ports.policies(), { component, version }).length === 0)
      return { done: 'nothing: no policy has the component', componentArn };
    const found = await ports.components.componentVersion(componentArn);
    if (found?.tags[RELEASE_TAG] !== undefined)
      return { done: 'nothing: a release has made it', componentArn };
    const releaseId = releaseIdOf('component', eventID);
    const origin = { kind: 'component', component, version, componentArn };
    const release = { releaseId, startedBy: 'component version', origin };
    await ports.stepFunctions.startOnce(ports.releaseMachineArn(), releaseId, release);
    return { done: 'release started', releaseId, componentArn };
  };

const releaseMachineArn = () => required('RELEASE_MACHINE_ARN');
const policies = () => packagedPolicies(required('LAMBDA_TASK_ROOT'));

export const handler = trigger(
  ComponentMade,
  onComponentVersion({ components, stepFunctions, releaseMachineArn, policies }),
);
