import type {
  GetComponentVersionArtifactRequest,
  GetComponentVersionArtifactResponse,
} from '@aws-sdk/client-greengrassv2';
import { notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { artifactLink } from '../control-plane/artifact-links.js';
import { artifactBytes, artifactUri } from '../control-plane/artifacts.js';
import type { Call } from '../control-plane/call.js';
import type { Services } from '../control-plane/services.js';

/**
 * A URL on this server that downloads an artifact. The endpoint types make no difference: there is one endpoint.
 * Documented: API model, GetComponentVersionArtifact: of a public component or one that was made of a Lambda function.
 * Assumed: of any other with artifacts in S3 too.
 */
export const getComponentVersionArtifact =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (
    { arn, artifactName }: Checked<GetComponentVersionArtifactRequest>,
    { endpoint }: Pick<Call, 'endpoint'>,
  ): GetComponentVersionArtifactResponse => {
    const version = components.find(arn);
    const uri = artifactUri(version, artifactName);
    if (uri === undefined || !artifactBytes(cloud, version, uri))
      throw notFound('artifact', artifactName);
    return { preSignedUrl: artifactLink(cloud, endpoint, arn, artifactName) };
  };
