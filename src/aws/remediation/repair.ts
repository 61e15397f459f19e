import { clientToken } from '../../domain/client-token.js';
import type { DeploymentDocument } from '../../domain/deployment-document.js';
import { ThrottledError } from '../../domain/errors.js';
import type { DeviceRecord, Repair } from '../../domain/remediation/device-record.js';
import type { Settings } from '../../domain/remediation/settings.js';
import { takeBackDocument } from '../../domain/remediation/take-back.js';
import type { Greengrass } from '../greengrass.js';
import type { Iot } from '../iot.js';
import type { Rollouts } from '../rollouts.js';
import { remedyGroupName } from './remedy-groups.js';
import type { JobExecutions } from './job-executions.js';

/** What repairing one device takes. */
export interface RepairPorts {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
  readonly executions: JobExecutions;
}

const REPAIR_TAG = 'greenwave:repair';
const HOLDS_TAG = 'greenwave:holds';

/** The service is at work on the same request already: its answer is there at the next try. */
const inProgress = (cause: unknown): never => {
  if (cause instanceof Error && cause.name === 'RequestAlreadyInProgressException')
    throw new ThrottledError(cause.message, { cause });
  throw cause;
};

type Effect = Pick<Repair, 'deploymentId' | 'groupName' | 'isTemporary' | 'refused'>;

/** The thing's own document: what it has last succeeded at or, if nobody cancelled it, its latest. None of what was a repair. */
async function ownDocument(
  greengrass: Greengrass,
  thingArn: string,
): Promise<DeploymentDocument | undefined> {
  const revisions = (await greengrass.revisions(thingArn)).reverse();
  const done = revisions.filter(({ deploymentStatus }) => deploymentStatus === 'COMPLETED');
  const latest = revisions.slice(0, 1).filter(({ deploymentStatus: of }) => of !== 'CANCELED');
  for (const { deploymentId } of [...latest, ...done]) {
    const document = await greengrass.document(deploymentId);
    if (document.tags?.[HOLDS_TAG] === 'nothing') continue;
    const { [REPAIR_TAG]: _, [HOLDS_TAG]: __, ...tags } = document.tags ?? {};
    return { ...document, tags };
  }
  return undefined;
}

/**
 * Gives a thing its own document once more, or an empty one: it has no root that could conflict with those of a group.
 * Documented: any deployment has the nucleus install broken components anew.
 */
async function redeliver(
  { greengrass, iot }: RepairPorts,
  thing: string,
  { repairId }: Repair,
): Promise<Effect> {
  const targetArn = await iot.thingArn(thing);
  if (targetArn === undefined) return { refused: 'there is no such thing any more' };
  const latest = await greengrass.latestRevision(targetArn);
  const known = latest && (await greengrass.deployment(latest.deploymentId));
  if (known?.tags?.[REPAIR_TAG] === repairId) {
    const isTemporary = known.tags[HOLDS_TAG] === 'nothing';
    return { deploymentId: known.deploymentId, isTemporary };
  }
  const own = await ownDocument(greengrass, targetArn);
  const isTemporary = own === undefined;
  const { deploymentId } = await greengrass
    .createDeployment(own ?? { components: {} }, {
      targetArn,
      clientToken: clientToken(repairId, 'redeliver', 1),
      tags: { [REPAIR_TAG]: repairId, [HOLDS_TAG]: isTemporary ? 'nothing' : 'its own document' },
    })
    .catch(inProgress);
  return { deploymentId, isTemporary };
}

async function documentOf(
  { greengrass }: RepairPorts,
  { remedy, sourceDeploymentId = '', parentTargetArn = '' }: Repair,
): Promise<DeploymentDocument> {
  const document = await greengrass.document(sourceDeploymentId);
  if (remedy === 'retry') return document;
  const revisions = await greengrass.revisions(parentTargetArn);
  const latest = revisions.at(-1);
  const until = revisions.findIndex(({ deploymentId }) => deploymentId === sourceDeploymentId);
  const documents = [];
  for (const { deploymentId } of revisions.slice(0, until + 1))
    documents.push(await greengrass.document(deploymentId));
  const newest = latest ? await greengrass.document(latest.deploymentId) : document;
  return takeBackDocument(document, newest, documents);
}

/**
 * Gives a thing a document in the place of its target's, by a subdeployment to a group that it shares with the others that are
 * given the same.
 */
async function subdeploy(
  ports: RepairPorts,
  thing: string,
  repair: Repair,
  { verifyWithinSeconds }: Settings,
): Promise<Effect> {
  const { greengrass, iot, rollouts } = ports;
  const { repairId, remedy, parentTargetArn = '', sourceDeploymentId = '' } = repair;
  const lock = await rollouts.lockOf(parentTargetArn);
  if (lock) return { refused: `rollout ${lock.rolloutId} has its target` };
  const groupName = remedyGroupName(remedy, parentTargetArn, sourceDeploymentId);
  const groupArn = await iot.createThingGroup(groupName, 'Greenwave repairs these devices');
  const latest = await greengrass.latestRevision(groupArn);
  const standing = latest?.deploymentStatus === 'ACTIVE' ? latest.deploymentId : undefined;
  const create = async () => {
    const { tags: _, ...document } = await documentOf(ports, repair);
    const created = await greengrass
      .createDeployment(document, {
        targetArn: groupArn,
        parentTargetArn,
        clientToken: clientToken(repairId, remedy, 1),
        tags: { [REPAIR_TAG]: repairId },
        inProgressTimeoutInMinutes: Math.ceil(verifyWithinSeconds / 60),
      })
      .catch(inProgress);
    return created.deploymentId;
  };
  const deploymentId = standing ?? (await create());
  const refused = await iot.addThing(thing, groupName);
  return { deploymentId, groupName, isTemporary: true, ...(refused !== undefined && { refused }) };
}

async function cancelStuck(ports: RepairPorts, thing: string, repair: Repair): Promise<Effect> {
  const { jobId = '' } = repair;
  const execution = await ports.executions.jobExecution(jobId, thing);
  if (execution?.status === 'IN_PROGRESS')
    await ports.executions.cancelJobExecution(jobId, thing, execution.versionNumber);
  // What comes last in the queue is the proof that it moves.
  return redeliver(ports, thing, repair);
}

/** Does what a repair that has begun is to do; once, however often it runs. */
export async function carryOut(
  ports: RepairPorts,
  record: DeviceRecord,
  settings: Settings,
): Promise<DeviceRecord> {
  const { repair, thing } = record;
  if (!repair || repair.deploymentId !== undefined || repair.refused !== undefined) return record;
  const effects = {
    redeliver: () => redeliver(ports, thing, repair),
    retry: () => subdeploy(ports, thing, repair, settings),
    takeBack: () => subdeploy(ports, thing, repair, settings),
    cancelExecution: () => cancelStuck(ports, thing, repair),
  };
  return { ...record, repair: { ...repair, ...(await effects[repair.remedy]()) } };
}
