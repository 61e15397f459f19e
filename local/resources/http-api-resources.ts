import * as z from 'zod';
import { generatedName, inert, resourceType } from './resource-type.js';

/** AWS::ApiGatewayV2::Api: an HTTP API. CORS and mutual TLS are refused. */
export const httpApi = resourceType(
  z.strictObject({
    Name: z.string(),
    ProtocolType: z.literal('HTTP'),
    ...inert('Description', 'DisableExecuteApiEndpoint', 'Tags'),
  }),
  (_, place) => {
    const ref = place.httpApis.createApi();
    const ApiEndpoint = `https://${ref}.execute-api.${place.region}.amazonaws.com`;
    return { ref, attributes: { ApiId: ref, ApiEndpoint } };
  },
);

/** AWS::ApiGatewayV2::Stage: the default one, deployed at once. Its throttling makes no difference locally. */
export const httpApiStage = resourceType(
  z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default'),
    AutoDeploy: z.literal(true),
    ...inert('DefaultRouteSettings', 'AccessLogSettings', 'Tags'),
  }),
  ({ StageName }) => ({ ref: StageName, attributes: {} }),
);

/** AWS::ApiGatewayV2::Integration: a Lambda function, by payload format 2.0. */
export const httpApiIntegration = resourceType(
  z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    ...inert('TimeoutInMillis', 'Description'),
  }),
  ({ ApiId, IntegrationUri }, { httpApis }) => {
    const ref = httpApis.createIntegration(ApiId, IntegrationUri);
    return { ref, attributes: { IntegrationId: ref } };
  },
);

/** AWS::ApiGatewayV2::Route, without an authorizer. */
export const httpApiRoute = resourceType(
  z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string().startsWith('integrations/'),
    AuthorizationType: z.literal('NONE').default('NONE'),
    ...inert('OperationName'),
  }),
  ({ ApiId, RouteKey, Target }, place) => {
    place.httpApis.createRoute(ApiId, RouteKey, Target.slice('integrations/'.length));
    return { ref: generatedName(place), attributes: {} };
  },
);
