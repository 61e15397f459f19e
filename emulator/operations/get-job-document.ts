import type { GetJobDocumentRequest, GetJobDocumentResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { deploymentDocument } from '../control-plane/deployment-document.js';
import type { Services } from '../control-plane/services.js';

/** The configuration document that a group deployment sends to its devices. */
export const getJobDocument =
  ({ cloud, deployments }: Pick<Services, 'cloud' | 'deployments'>) =>
  ({ jobId }: Checked<GetJobDocumentRequest>): GetJobDocumentResponse => ({
    document: JSON.stringify(deploymentDocument(cloud, deployments.ofJob(jobId).deployment)),
  });
