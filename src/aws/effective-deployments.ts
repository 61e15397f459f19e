import {
  paginateListEffectiveDeployments,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import type { FailureReason } from '../domain/failure-cause.js';
import type { EffectiveDeployment } from '../domain/thing-execution.js';
import { collect } from './collect.js';
import { absent } from './translate.js';

const Effective = z
  .object({
    coreDeviceExecutionStatus: z.string(),
    reason: z.string().default(''),
    statusDetails: z
      .object({
        errorStack: z.array(z.string()).default([]),
        errorTypes: z.array(z.string()).default([]),
      })
      .nullish(),
    modifiedTimestamp: z.date(),
  })
  .transform((found): EffectiveDeployment => ({
    status: found.coreDeviceExecutionStatus,
    reason: found.reason,
    errorStack: found.statusDetails?.errorStack ?? [],
    errorTypes: found.statusDetails?.errorTypes ?? [],
    modifiedAt: found.modifiedTimestamp.getTime(),
  }));

/** What core devices say of their deployments. */
export function connectEffectiveDeployments(client: GreengrassV2Client) {
  /** One deployment on one device as the device tells it; undefined where it has said nothing of it. */
  async function effectiveDeployment(
    coreDeviceThingName: string,
    deploymentId: string,
  ): Promise<EffectiveDeployment | undefined> {
    const found = await collect(
      paginateListEffectiveDeployments({ client, pageSize: 100 }, { coreDeviceThingName }),
      (page) => page.effectiveDeployments,
    ).catch(absent);
    const own = found?.find((effective) => effective.deploymentId === deploymentId);
    return own && Effective.parse(own);
  }

  return {
    effectiveDeployment,

    /** What one device says of one deployment that failed there, or undefined where it says nothing. */
    failureReason: async (
      coreDeviceThingName: string,
      deploymentId: string,
    ): Promise<FailureReason | undefined> => effectiveDeployment(coreDeviceThingName, deploymentId),
  };
}
