import { SSMClient } from '@aws-sdk/client-ssm';
import { required } from './release-environment.js';
import { connectWebhookParameters } from './webhook-parameters.js';

// Apart from release-ports.ts: powertools' parameters can't be shaken out of a bundle.
const client = new SSMClient({ maxAttempts: 3 });
export const webhookParameters = connectWebhookParameters(client, required('WEBHOOK_PARAMETERS'));
