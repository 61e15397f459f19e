import type { ComponentDeploymentSpecification } from '@aws-sdk/client-greengrassv2';
import type { Cloud, Deployment } from '../cloud.js';
import { configurationArn, parseTarget } from './arns.js';

type Home = Pick<Cloud, 'region' | 'account'>;

/** Documented: developer guide, "Device authentication": a document that is longer isn't sent in the job or the shadow. */
const LONGEST_INLINE = { thing: 7 * 1024, thinggroup: 31 * 1024 };

/** Documented: nucleus source, DeploymentDocumentConverter: all three policies are in the document, with their defaults. */
const policies = ({ deploymentPolicies }: Pick<Deployment, 'deploymentPolicies'>) => ({
  failureHandlingPolicy: deploymentPolicies?.failureHandlingPolicy ?? 'ROLLBACK',
  componentUpdatePolicy: {
    timeout: deploymentPolicies?.componentUpdatePolicy?.timeoutInSeconds ?? 60,
    action: deploymentPolicies?.componentUpdatePolicy?.action ?? 'NOTIFY_COMPONENTS',
  },
  configurationValidationPolicy: {
    timeout: deploymentPolicies?.configurationValidationPolicy?.timeoutInSeconds ?? 30,
  },
});

function componentOf(specification: ComponentDeploymentSpecification) {
  const { componentVersion, configurationUpdate, runWith } = specification;
  const merge: unknown =
    configurationUpdate?.merge === undefined ? undefined : JSON.parse(configurationUpdate.merge);
  const update = configurationUpdate && { merge, reset: configurationUpdate.reset ?? [] };
  return { version: componentVersion, runWith, configurationUpdate: update };
}

const componentsOf = ({ components }: Pick<Deployment, 'components'>): object =>
  Object.fromEntries(
    Object.entries(components).map(([name, specification]) => [name, componentOf(specification)]),
  );

/**
 * The configuration document that the nucleus gets, in the job or in the shadow.
 * Documented: nucleus source, FcsDeploymentConfig_Full.json: its members. Assumed: one that is too long comes without its
 * components, which the device then downloads.
 */
export function deploymentDocument(home: Home, deployment: Deployment): object {
  const { parentTargetArn, ancestors, requiredCapabilities } = deployment;
  const root = ancestors.at(-1);
  return {
    deploymentId: deployment.deploymentId,
    configurationArn: configurationArn(home, deployment),
    creationTimestamp: deployment.creationTimestamp,
    ...(!requiredCapabilities.includes('LARGE_CONFIGURATION') && {
      components: componentsOf(deployment),
    }),
    ...policies(deployment),
    ...(requiredCapabilities.length > 0 && { requiredCapabilities }),
    ...(parentTargetArn !== undefined && { parentTargetArn }),
    ...(root !== undefined && { onBehalfOf: `thinggroup/${parseTarget(root).name}` }),
  };
}

/** What a nucleus has to be able to do for a deployment. */
export function requiredCapabilities(
  deployment: Pick<Deployment, 'targetArn' | 'components' | 'parentTargetArn'>,
): string[] {
  const { targetArn, components, parentTargetArn } = deployment;
  const length = Buffer.byteLength(JSON.stringify(componentsOf({ components })));
  const isLimited = Object.values(components).some(({ runWith }) => runWith?.systemResourceLimits);
  return [
    ...(length > LONGEST_INLINE[parseTarget(targetArn).kind] ? ['LARGE_CONFIGURATION'] : []),
    ...(isLimited ? ['LINUX_RESOURCE_LIMITS'] : []),
    ...(parentTargetArn === undefined ? [] : ['SUB_DEPLOYMENTS']),
  ];
}
