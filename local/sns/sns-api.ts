import * as z from 'zod';
import type { ApiOptions, Listener } from '../api.js';
import { asServiceError, readBody, send } from '../http-messages.js';
import { ServiceError } from '../step-functions/service-error.js';
import { publish } from './publish.js';
import { queryParameters } from './query-parameters.js';
import type { Topics } from './topics.js';
import { type XmlValue, xml } from './xml.js';

/** Documented: the API's only version. */
const VERSION = '2010-03-31';
const NAMESPACE = `http://sns.amazonaws.com/doc/${VERSION}/`;
const HEADERS = { 'content-type': 'text/xml' };
const ResponseMetadata = { RequestId: '00000000-0000-4000-8000-000000000000' };

const OfTopic = z.object({ TopicArn: z.string() });
const Request = z.looseObject({ Action: z.string(), Version: z.string().optional() });

const operations = new Map<string, (topics: Topics, input: unknown) => XmlValue>([
  ['Publish', publish],
  ['ListTopics', (topics) => ({ Topics: topics.list().map(({ arn }) => ({ TopicArn: arn })) })],
  [
    'ListSubscriptionsByTopic',
    (topics, input) => {
      const { arn, subscriptions } = topics.find(OfTopic.parse(input).TopicArn);
      // Documented: what nobody has confirmed yet has this in place of an ARN; locally nobody can.
      const common = { TopicArn: arn, SubscriptionArn: 'PendingConfirmation' };
      return { Subscriptions: subscriptions.map((each) => ({ ...common, ...each })) };
    },
  ],
]);

function answerTo(topics: Topics, action: string, input: unknown): XmlValue {
  const answer = operations.get(action);
  if (!answer)
    throw new ServiceError('InvalidAction', `The local cloud has no SNS operation ${action}.`);
  try {
    return answer(topics, input);
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    const message = `Invalid parameter: ${z.prettifyError(cause)}`;
    throw Object.assign(new ServiceError('InvalidParameter', message), { cause });
  }
}

/** The part of the SNS API that the local cloud serves, in the AWS query protocol. Topics come from the template only. */
export function snsApi(topics: Topics, { onCall, onLog }: ApiOptions): Listener {
  const answer = (form: string) => {
    const { Action, Version: _, ...input } = Request.parse(queryParameters(form));
    onCall(Action);
    const result = { [`${Action}Result`]: answerTo(topics, Action, input), ResponseMetadata };
    return xml(`${Action}Response`, NAMESPACE, result);
  };
  return (request, response) =>
    void readBody(request)
      .then(answer)
      .then((body) => send(response, 200, body, HEADERS))
      .catch((error: unknown) => {
        const { name, message, statusCode } = asServiceError(error, onLog);
        const Type = statusCode < 500 ? 'Sender' : 'Receiver';
        const body = { Error: { Type, Code: name, Message: message }, ...ResponseMetadata };
        send(response, statusCode, xml('ErrorResponse', NAMESPACE, body), HEADERS);
      });
}
