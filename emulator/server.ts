import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Cloud } from './cloud.js';
import { ARTIFACT_PATH, openArtifactLink } from './control-plane/artifact-links.js';
import { createIdentifiers } from './control-plane/identifiers.js';
import { CONTROL_PATH } from './control-api.js';
import type { Dispatch, Dispatched } from './dispatch.js';
import type { Journal } from './journal/journal.js';
import { readRequest } from './read-request.js';
import type { WireRequest, WireResponse } from './wire/rest-json.js';

export interface ListenerOptions {
  readonly cloud: Cloud;
  readonly dispatch: Pick<Dispatch, 'answer'>;
  readonly control: (request: WireRequest) => Promise<WireResponse>;
  /** Left out: nothing is kept. */
  readonly journal: Journal | undefined;
}

/** Sends an answer, late or not at all if that is what goes wrong with it. Headers that are set one by one are slow. */
function send(
  response: ServerResponse,
  { response: answer, delaySeconds }: Dispatched,
  moreHeaders: Readonly<Record<string, string>>,
) {
  if (!answer) {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body } = answer;
  const finish = () => response.writeHead(status, { ...headers, ...moreHeaders }).end(body);
  if (delaySeconds === 0) {
    finish();
    return;
  }
  const timeout = setTimeout(finish, delaySeconds * 1000);
  response.once('close', () => clearTimeout(timeout));
}

/** The journal can't be written, so what has been done may be lost: nobody is told that it was done. */
const notKept = (cause: unknown): Dispatched => ({
  response: {
    status: 500,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': 'InternalServerException',
    },
    body: JSON.stringify({ message: `The data directory can't be written: ${String(cause)}` }),
  },
  delaySeconds: 0,
});

/**
 * The emulated Greengrass V2 and AWS IoT as a request listener. Whatever comes in gets an answer in the service's form,
 * once it is kept.
 */
export function createRequestListener(options: ListenerOptions): RequestListener {
  const { cloud, dispatch, control, journal } = options;
  const { clock } = cloud;
  const requestIds = createIdentifiers(cloud.seed + 1);

  const sendArtifact = ({ path, query }: WireRequest, response: ServerResponse) => {
    const found = openArtifactLink(cloud, path, new URLSearchParams(query));
    const isFound = typeof found !== 'number';
    const headers = {
      'content-length': isFound ? found.byteLength : 0,
      ...(isFound && { 'content-type': 'application/octet-stream' }),
    };
    response.writeHead(isFound ? 200 : found, headers).end(isFound ? found : undefined);
  };

  /** Sends what somebody is told at this time, once it is true for good. */
  const settleAndSend = async (
    response: ServerResponse,
    at: number,
    dispatched: Dispatched,
    moreHeaders: Readonly<Record<string, string>> = {},
  ) => {
    if (!journal) send(response, dispatched, moreHeaders);
    else
      await journal.settle(at).then(
        () => send(response, dispatched, moreHeaders),
        (cause: unknown) => send(response, notKept(cause), moreHeaders),
      );
  };

  const respond = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(incoming);
    const { method, path } = request;
    if (path.startsWith(CONTROL_PATH)) {
      const answer = await control(request);
      const at = clock.moment(() => clock.now());
      await settleAndSend(response, at, { response: answer, delaySeconds: 0 });
    } else if (method === 'GET' && path.startsWith(ARTIFACT_PATH)) sendArtifact(request, response);
    else {
      const endpoint = `http://${incoming.headers.host ?? 'localhost'}`;
      const requestId = requestIds.next();
      const { at, dispatched } = clock.moment(() => ({
        at: clock.now(),
        dispatched: dispatch.answer(request, { endpoint, atOnce: false }, requestId),
      }));
      await settleAndSend(response, at, dispatched, { 'x-amzn-requestid': requestId });
    }
  };

  return (incoming, response) => {
    // A caller that hangs up while it sends is nobody's trouble.
    respond(incoming, response).catch(() => response.destroy());
  };
}
