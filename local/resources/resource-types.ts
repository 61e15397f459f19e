import { rule, schedule } from './event-resources.js';
import { httpApi, httpApiIntegration, httpApiRoute, httpApiStage } from './http-api-resources.js';
import { bucket, bucketPolicy, logGroup, role } from './inert-resources.js';
import {
  eventInvokeConfig,
  lambdaFunction,
  lambdaPermission,
  lambdaVersion,
} from './lambda-resources.js';
import type { ResourceType } from './resource-type.js';
import { stateMachine } from './state-machine.js';
import { table } from './table.js';
import { topic, topicPolicy } from './topic.js';

/** Every type of resource that the local cloud takes; a template with any other one is refused. */
export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map([
  ['AWS::ApiGatewayV2::Api', httpApi],
  ['AWS::ApiGatewayV2::Integration', httpApiIntegration],
  ['AWS::ApiGatewayV2::Route', httpApiRoute],
  ['AWS::ApiGatewayV2::Stage', httpApiStage],
  ['AWS::DynamoDB::Table', table],
  ['AWS::Events::Rule', rule],
  ['AWS::IAM::Role', role],
  ['AWS::Lambda::EventInvokeConfig', eventInvokeConfig],
  ['AWS::Lambda::Function', lambdaFunction],
  ['AWS::Lambda::Permission', lambdaPermission],
  ['AWS::Lambda::Version', lambdaVersion],
  ['AWS::Logs::LogGroup', logGroup],
  ['AWS::S3::Bucket', bucket],
  ['AWS::S3::BucketPolicy', bucketPolicy],
  ['AWS::Scheduler::Schedule', schedule],
  ['AWS::SNS::Topic', topic],
  ['AWS::SNS::TopicPolicy', topicPolicy],
  ['AWS::StepFunctions::StateMachine', stateMachine],
]);
