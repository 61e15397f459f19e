import * as z from 'zod';
import { stepFunctions } from '../aws/connected.js';
import type { Deliveries } from '../aws/deliveries.js';
import { deliveries } from '../aws/delivery-ports.js';
import { required } from '../aws/release-environment.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { webhookParameters } from '../aws/webhook-ports.js';
import type { WebhookParameters } from '../aws/webhook-parameters.js';
import { releaseIdOf } from '../domain/release/release-request.js';
import { LARGEST_BODY, SOURCE, receive, requestBody } from '../webhooks/receive.js';
import { answer, route } from './trigger.js';

/** As an HTTP API hands it over, in payload format 2.0. */
const Request = z.object({
  pathParameters: z.object({ source: z.string() }),
  headers: z.record(z.string(), z.string()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

interface Ports {
  readonly deliveries: Deliveries;
  readonly parameters: WebhookParameters;
  readonly stepFunctions: StepFunctions;
  readonly releaseMachineArn: () => string;
}

/** Takes a signed webhook: what asks for a release starts one, in an execution of its own, and is answered with its id. */
export const onWebhook =
  ({ deliveries: seen, parameters, stepFunctions: states, releaseMachineArn }: Ports) =>
  async (request: z.infer<typeof Request>, context: Parameters<Deliveries['once']>[1]) => {
    const { headers, pathParameters } = request;
    const { source } = pathParameters;
    const body = requestBody(request);
    if (body === undefined) return answer(413, { message: `more than ${LARGEST_BODY} bytes` });
    const secrets = SOURCE.test(source) ? await parameters.secretsOf(source) : undefined;
    if (!secrets) return answer(404, { message: 'there is no such source' });
    const received = await receive({ source, headers, body }, secrets);
    if (received.status === 204) return answer(204);
    if (received.status !== 202) return answer(received.status, { message: received.why });
    const { deliveryId, origin } = received;
    const releaseId = releaseIdOf(source, deliveryId);
    const release = { releaseId, startedBy: `webhook ${source}`, origin };
    const outcome = await seen.once({ source, deliveryId }, context, async () => {
      await states.startOnce(releaseMachineArn(), releaseId, release);
      return { releaseId };
    });
    return answer(202, outcome);
  };

const releaseMachineArn = () => required('RELEASE_MACHINE_ARN');

export const handler = route(
  Request,
  onWebhook({ deliveries, parameters: webhookParameters, stepFunctions, releaseMachineArn }),
);
