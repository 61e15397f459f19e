import type { DeploymentDocument } from '../deployment-document.js';
import { isThing } from '../target.js';

const kilobyte = 1024;
/** What the service takes in all, and what it sends inline; a longer one has to be downloaded by the device (Greengrass quotas). */
const mostBytes = 6 * kilobyte * kilobyte;
const inlineBytes = { thing: 7 * kilobyte, thinggroup: 31 * kilobyte };
/** What the table keeps of one rollout is 400 KB: baseline, release and way back, less 50 KB for all else. */
const mostKeptBytes = 350 * kilobyte;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

const sizeOf = (document: DeploymentDocument) => bytesOf(JSON.stringify(document.components));

const kilobytes = (bytes: number) => `${Math.ceil(bytes / kilobyte)} KB`;

/** Whether the documents of a rollout are within what the service, and the table that keeps them, take. */
export function sizeFindings(
  targetArn: string,
  documents: {
    readonly baseline: DeploymentDocument;
    readonly release: DeploymentDocument;
    readonly revert: DeploymentDocument;
  },
): { invalid: string[]; warnings: string[] } {
  const kind = isThing(targetArn) ? 'thing' : 'thinggroup';
  const named = [
    { what: 'the release document', bytes: sizeOf(documents.release) },
    { what: 'the document of the way back', bytes: sizeOf(documents.revert) },
  ];
  const kept = named.reduce((sum, { bytes }) => sum + bytes, sizeOf(documents.baseline));
  return {
    invalid: [
      ...named
        .filter(({ bytes }) => bytes > mostBytes)
        .map(
          ({ what, bytes }) =>
            `release: ${what} has ${kilobytes(bytes)}; a deployment takes ${kilobytes(mostBytes)}`,
        ),
      ...(kept > mostKeptBytes
        ? [
            `release: baseline, release and way back have ${kilobytes(kept)} together; a rollout keeps ${kilobytes(mostKeptBytes)}: put large configuration into an artifact`,
          ]
        : []),
    ],
    warnings: named
      .filter(({ bytes }) => bytes > inlineBytes[kind])
      .map(
        ({ what, bytes }) =>
          `${what} has ${kilobytes(bytes)}, over ${kilobytes(inlineBytes[kind])}: devices download it, which takes greengrass:GetDeploymentConfiguration in their policy`,
      ),
  };
}
