/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['pg', 'graphile-worker', 'chromadb', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  typescript: { ignoreBuildErrors: true },
};
