import semver from 'semver';
import type { CreateDeploymentRequest } from '@aws-sdk/client-greengrassv2';
import type { Cloud } from '../cloud.js';
import { invalidField, notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { parseTarget, thingArn, thingGroupArn } from './arns.js';
import type { Assumptions } from './assumptions.js';
import { isTooDeep } from './recipe-text.js';
import type { Registry } from './registry.js';

/** JSON that need not be JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Documented: API model, ComponentConfigurationUpdate.merge: a JSON object. Assumed: it nests as deep as a recipe may. */
function isConfiguration(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isTooDeep(value);
}

/** Documented: API model, ComponentConfigurationUpdate.reset: JSON pointers of RFC 6901. */
const JSON_POINTER = /^(\/([^~/]|~[01])*)*$/;

const COMPONENT_NAME = /^[a-zA-Z0-9-_.]{1,128}$/;

/** Refuses a deployment document that no device could read. Assumed: the cloud checks its merge, reset and runWith. */
export function checkDocument(
  { components = {} }: Checked<CreateDeploymentRequest>,
  { limitsDocumentsTo6MB }: Pick<Assumptions, 'limitsDocumentsTo6MB'>,
): void {
  for (const [name, { configurationUpdate }] of Object.entries(components)) {
    if (!COMPONENT_NAME.test(name))
      throw invalidField('components', `${name.slice(0, 128)} is not the name of a component`);
    const { merge, reset = [] } = configurationUpdate ?? {};
    const path = `components.${name}.member.configurationUpdate`;
    if (merge !== undefined && !isConfiguration(merge))
      throw invalidField(`${path}.merge`, `The merge of component ${name} is not a JSON object`);
    const wrong = reset.find((pointer) => !JSON_POINTER.test(pointer));
    if (wrong !== undefined)
      throw invalidField(`${path}.reset`, `${wrong} is not a JSON pointer (component ${name})`);
  }
  const megabytes = limitsDocumentsTo6MB ? 6 : 10;
  if (Buffer.byteLength(JSON.stringify(components)) > megabytes * 1024 * 1024)
    throw invalidField('components', `The components have more than ${megabytes} MB`);
}

/** Documented: API model, IoTJobRateIncreaseCriteria: either of the two. Assumed: both, or neither, are refused. */
export function checkRate({ iotJobConfiguration }: Checked<CreateDeploymentRequest>): void {
  const { exponentialRate } = iotJobConfiguration?.jobExecutionsRolloutConfig ?? {};
  if (!exponentialRate) return;
  const { numberOfNotifiedThings, numberOfSucceededThings } = exponentialRate.rateIncreaseCriteria;
  if ((numberOfNotifiedThings === undefined) === (numberOfSucceededThings === undefined))
    throw invalidField(
      'iotJobConfiguration.jobExecutionsRolloutConfig.exponentialRate.rateIncreaseCriteria',
      'Exactly one of numberOfNotifiedThings and numberOfSucceededThings has to be given',
    );
}

/** The core software is there without a recipe of its own. */
const NUCLEI = ['aws.greengrass.Nucleus', 'aws.greengrass.NucleusLite'];

function checkComponents(
  { componentVersions }: Pick<Cloud, 'componentVersions'>,
  components: NonNullable<Checked<CreateDeploymentRequest>['components']>,
): void {
  const all = [...componentVersions.values()];
  for (const [name, { componentVersion: wanted }] of Object.entries(components)) {
    const isThere = all.some(
      (each) => each.componentName === name && semver.satisfies(each.componentVersion, wanted),
    );
    if (!isThere && !NUCLEI.includes(name)) throw notFound('component', `${name} ${wanted}`);
  }
}

/**
 * Refuses a target, or a parent target, that a deployment can't have.
 * Assumed: nobody looks at artifacts in S3, or counts the account's active continuous jobs.
 */
export function createTargetCheck(
  cloud: Cloud,
  registry: Registry,
  { acceptsUnknownTargets, refusesUnknownComponents }: Assumptions,
) {
  const { region, account, deployments, revisions } = cloud;
  const home = { region, account };

  const checkExists = (arn: string) => {
    const { kind, name } = parseTarget(arn);
    const own = kind === 'thing' ? thingArn(home, name) : thingGroupArn(home, name);
    if (own !== arn) throw notFound(kind, arn);
    if (acceptsUnknownTargets) return;
    if (kind === 'thing') registry.thing(name);
    else registry.group(name);
  };

  const revisionsOf = (arn: string) =>
    (revisions.get(arn) ?? []).flatMap((id) => deployments.get(id) ?? []);

  /** A target keeps its parent, also while its latest revision stands alone. */
  const parentOf = (arn: string) =>
    revisionsOf(arn).find((each) => each.parentTargetArn !== undefined)?.parentTargetArn;

  const checkParent = (targetArn: string, parentTargetArn: string) => {
    checkExists(parentTargetArn);
    // Documented: developer guide, "Create subdeployments": the target is a thing group, and it keeps to one parent.
    if (parseTarget(targetArn).kind !== 'thinggroup')
      throw invalidField(
        'parentTargetArn',
        'The target of a subdeployment has to be a thing group',
      );
    const known = parentOf(targetArn);
    if (known !== undefined && known !== parentTargetArn)
      throw invalidField('parentTargetArn', `${targetArn} already has a subdeployment of ${known}`);
    // Assumed: there has to be a parent deployment, and no target is its own ancestor.
    if (revisionsOf(parentTargetArn).length === 0)
      throw invalidField('parentTargetArn', `${parentTargetArn} has no deployment`);
    for (let arn: string | undefined = parentTargetArn; arn; arn = parentOf(arn))
      if (arn === targetArn)
        throw invalidField('parentTargetArn', `${targetArn} can't be its own parent`);
  };

  return (request: Checked<CreateDeploymentRequest>): void => {
    const { targetArn, parentTargetArn, components = {} } = request;
    checkExists(targetArn);
    if (refusesUnknownComponents) checkComponents(cloud, components);
    if (parentTargetArn !== undefined) checkParent(targetArn, parentTargetArn);
  };
}
