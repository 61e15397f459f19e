import type { Cloud, CloudEvent } from './cloud.js';
import { userArn } from './control-plane/arns.js';
import { createIdentifiers } from './control-plane/identifiers.js';
import type { Write } from './dispatch.js';
import { accessKeyOf } from './wire/credential.js';
import { encodeMembers } from './wire/encode.js';
import { isoTime } from './iso-time.js';

/**
 * Assumed: so long after a call its event is on the bus. CloudTrail promises no time; log files come after five minutes on
 * average, events on the bus sooner.
 */
const DELAY_SECONDS = 60;

/** Documented: CloudTrail user guide, "CloudTrail record contents": beyond 100 KB the content of an element is omitted. */
const LONGEST_ELEMENT = 100 * 1024;

/** An element as JSON has it, unless it is too long. */
function shown(element: Readonly<Record<string, unknown>>): unknown {
  const text = JSON.stringify(element);
  return Buffer.byteLength(text) > LONGEST_ELEMENT ? null : JSON.parse(text);
}

/**
 * Documented: developer guide, "Understanding AWS IoT Greengrass V2 log file entries": members are spelt as in the
 * API. Assumed: those of the path are among them, and what can't be read is null. Assumed: bytes, as those of a recipe, are
 * left out, for nobody says in what form they are shown; the component is named by the answer.
 */
function requestParameters({ service, operation, input }: Write): unknown {
  const schema = service.operations.find(({ name }) => name === operation);
  if (!schema || !input) return null;
  const told = Object.entries(input).filter(([, value]) => !(value instanceof Uint8Array));
  return shown(encodeMembers(schema.input, Object.fromEntries(told)));
}

function bodyOf({ response }: Write): Readonly<Record<string, unknown>> {
  if (response.body === '') return {};
  const body: unknown = JSON.parse(response.body);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/**
 * Documented: CloudTrail user guide, "CloudTrail record contents": null where the answer has no elements.
 * Assumed: what is null in the answer isn't among them.
 */
function responseElements(write: Write): unknown {
  const told = Object.entries(bodyOf(write)).filter(([, value]) => value !== null);
  return told.length === 0 ? null : shown(Object.fromEntries(told));
}

/** Assumed: a call that is refused has no elements of an answer, but the error's name and its message. */
function outcome(write: Write) {
  const errorCode = write.response.headers['x-amzn-errortype'];
  if (errorCode === undefined) return { responseElements: responseElements(write) };
  return { errorCode, errorMessage: bodyOf(write)['message'], responseElements: null };
}

function userIdentity(home: Pick<Cloud, 'region' | 'account'>, { request }: Write) {
  const accessKeyId = accessKeyOf(request);
  if (accessKeyId === undefined) return { type: 'Unknown' };
  return {
    type: 'IAMUser',
    principalId: accessKeyId,
    arn: userArn(home, accessKeyId),
    accountId: home.account,
    accessKeyId,
    userName: accessKeyId,
  };
}

type Home = Pick<Cloud, 'region' | 'account' | 'seed' | 'clock'>;

/**
 * A trail: calls of Greengrass that change something, as EventBridge gets them from CloudTrail.
 * Documented: EventBridge user guide, "AWS service events delivered via AWS CloudTrail": calls that only read reach none but
 * rules that ask for them.
 */
export function createTrail(
  { region, account, seed, clock }: Home,
  deliver: (event: CloudEvent) => void,
) {
  const eventIds = createIdentifiers(seed + 2);
  return (write: Write): void => {
    if (write.service.name !== 'Greengrass') return;
    const time = clock.now();
    const detail = {
      eventVersion: '1.11',
      userIdentity: userIdentity({ region, account }, write),
      // Documented: CloudTrail user guide, "CloudTrail record contents": whole seconds of UTC.
      eventTime: isoTime(time),
      eventSource: 'greengrass.amazonaws.com',
      eventName: write.operation,
      awsRegion: region,
      sourceIPAddress: write.request.sourceIpAddress,
      userAgent: write.request.headers['user-agent'],
      requestParameters: requestParameters(write),
      ...outcome(write),
      requestID: write.requestId,
      eventID: eventIds.next(),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
      recipientAccountId: account,
    };
    clock.schedule(time + DELAY_SECONDS * 1000, () =>
      deliver({
        source: 'aws.greengrass',
        detailType: 'AWS API Call via CloudTrail',
        time,
        resources: [],
        detail,
      }),
    );
  };
}
