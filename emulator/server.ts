import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Cloud } from './cloud.js';
import { ARTIFACT_PATH, openArtifactLink } from './control-plane/artifact-links.js';
import { createIdentifiers } from './control-plane/identifiers.js';
import { createDispatch, type Dispatched, type DispatchOptions } from './dispatch.js';
import { readRequest } from './read-request.js';
import type { WireRequest } from './wire/rest-json.js';

export interface ListenerOptions extends DispatchOptions {
  readonly cloud: Cloud;
}

/** Sends an answer, late or not at all if that is what goes wrong with it. */
function send(
  response: ServerResponse,
  { response: answer, delaySeconds }: Dispatched,
  id: string,
) {
  if (!answer) {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status, headers, body } = answer;
  const finish = () => response.writeHead(status, { ...headers, 'x-amzn-requestid': id }).end(body);
  if (delaySeconds === 0) {
    finish();
    return;
  }
  const timeout = setTimeout(finish, delaySeconds * 1000);
  response.once('close', () => clearTimeout(timeout));
}

/**
 * The emulated Greengrass V2 and AWS IoT as a request listener. Whatever comes in gets an answer in the service's form.
 */
export function createRequestListener(options: ListenerOptions): RequestListener {
  const { cloud } = options;
  const dispatch = createDispatch(options);
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

  const respond = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(incoming);
    if (request.method === 'GET' && request.path.startsWith(ARTIFACT_PATH)) {
      sendArtifact(request, response);
      return;
    }
    const endpoint = `http://${incoming.headers.host ?? 'localhost'}`;
    send(response, dispatch(request, { endpoint, atOnce: false }), requestIds.next());
  };

  return (incoming, response) => {
    // A caller that hangs up while it sends is nobody's trouble.
    respond(incoming, response).catch(() => response.destroy());
  };
}
