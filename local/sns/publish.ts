import * as z from 'zod';
import { ServiceError } from '../step-functions/service-error.js';
import type { MessageAttribute, Topics } from './topics.js';

const Attribute = z.object({
  Name: z.string().min(1),
  Value: z.object({
    DataType: z.string().regex(/^(String|String\.Array|Number|Binary)(\..+)?$/),
    StringValue: z.string().optional(),
    BinaryValue: z.string().optional(),
  }),
});

const Publish = z.strictObject({
  TopicArn: z.string().optional(),
  TargetArn: z.string().optional(),
  Message: z.string(),
  Subject: z.string().optional(),
  MessageStructure: z.string().optional(),
  MessageAttributes: z.object({ entry: z.record(z.string(), Attribute) }).optional(),
});
type Publish = z.infer<typeof Publish>;

/** Documented: message, subject and attributes together are at most 256 KB. */
const MAX_BYTES = 262_144;
/** Documented: 1 to 100 characters, without line breaks and control characters. */
const SUBJECT = /^[^\p{Cc}]{1,100}$/u;

const invalid = (what: string) =>
  new ServiceError('InvalidParameter', `Invalid parameter: ${what}`, 400);

function attributesOf({ MessageAttributes }: Publish): Record<string, MessageAttribute> {
  const entries = Object.values(MessageAttributes?.entry ?? {});
  return Object.fromEntries(
    entries.map(({ Name, Value: { DataType, StringValue, BinaryValue } }) => {
      const Value = StringValue ?? BinaryValue;
      if (Value === undefined || Value === '')
        throw invalid(`The message attribute '${Name}' must contain a non-empty value`);
      return [Name, { Type: DataType, Value }];
    }),
  );
}

const JsonMessage = z.object({ default: z.string() });

/** Documented: with the structure json, the message is an object by protocol, and `default` is what all others get. */
function messageOf({ Message, MessageStructure }: Publish): string {
  if (MessageStructure === undefined) return Message;
  if (MessageStructure !== 'json') throw invalid('MessageStructure');
  try {
    return JsonMessage.parse(JSON.parse(Message)).default;
  } catch {
    throw invalid('Message Structure - No default entry in JSON message body');
  }
}

/** Publish to a standard topic. A parameter that would make a difference on AWS and makes none here is refused. */
export function publish(topics: Topics, input: unknown): Record<string, string> {
  const request = Publish.parse(input);
  const { Message, Subject } = request;
  const topicArn = request.TopicArn ?? request.TargetArn;
  if (topicArn === undefined)
    throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
  if (Message === '') throw invalid('Empty message');
  if (Subject !== undefined && !SUBJECT.test(Subject)) throw invalid('Subject');
  const attributes = attributesOf(request);
  const texts = [Message, Subject ?? '', JSON.stringify(request.MessageAttributes ?? '')];
  if (texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > MAX_BYTES)
    throw invalid('Message too long');
  const message = messageOf(request);
  return { MessageId: topics.publish({ topicArn, subject: Subject, message, attributes }) };
}
