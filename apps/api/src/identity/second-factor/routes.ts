import {
  passwordProofSchema,
  recoveryCodesSchema,
  secondFactorConfirmationSchema,
  secondFactorEnrolmentSchema,
  secondFactorRequestSchema,
  signInResultSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publicRoute, signedIn } from '../../access/route-access.ts';
import { refuseForeignOrigin } from '../../access/same-origin.ts';
import type { Identity } from '../identity.ts';
import { beginEnrolment, confirmEnrolment, disableSecondFactor, renewRecoveryCodes } from './enrolment.ts';
import { verifySecondFactor } from './verify-second-factor.ts';

const tags = ['Sign-in'];
const nothing = z.object({});

/** `/api/auth/second-factor`: the second step of a sign-in, and one's own second factor. */
export const secondFactorRoutes: FastifyPluginAsyncZod<Identity> = async (app, identity) => {
  app.post(
    '/',
    {
      config: publicRoute('The cookie of the first step says whose sign-in this is.'),
      // A page of another origin must not sign its visitor in as somebody else.
      preHandler: async (request) => refuseForeignOrigin(request, identity.config.publicUrl),
      schema: {
        tags,
        summary: 'Sign in with the second factor',
        body: secondFactorRequestSchema,
        response: { 200: signInResultSchema },
      },
    },
    async (request, reply) => {
      const { next, cookies } = await verifySecondFactor(identity, request, request.body);
      return reply.header('set-cookie', cookies).send({ next });
    },
  );

  app.post(
    '/enrolment',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Begin to set up my second factor',
        body: passwordProofSchema,
        response: { 200: secondFactorEnrolmentSchema },
      },
    },
    async (request, reply) => {
      const { result, cookies } = await beginEnrolment(identity, request, request.body.password);
      return reply.header('set-cookie', cookies).send(result);
    },
  );

  app.post(
    '/enrolment/confirm',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Make my second factor count',
        body: secondFactorConfirmationSchema,
        response: { 200: nothing },
      },
    },
    async (request, reply) => {
      const { result, cookies } = await confirmEnrolment(identity, request, request.body.code);
      return reply.header('set-cookie', cookies).send(result);
    },
  );

  app.post(
    '/recovery-codes',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Make new recovery codes',
        body: passwordProofSchema,
        response: { 200: recoveryCodesSchema },
      },
    },
    async (request, reply) => {
      const { result, cookies } = await renewRecoveryCodes(identity, request, request.body.password);
      return reply.header('set-cookie', cookies).send(result);
    },
  );

  app.post(
    '/disable',
    {
      config: signedIn,
      schema: { tags, summary: 'Turn my second factor off', body: passwordProofSchema, response: { 200: nothing } },
    },
    async (request, reply) => {
      const { result, cookies } = await disableSecondFactor(identity, request, request.body.password);
      return reply.header('set-cookie', cookies).send(result);
    },
  );
};
