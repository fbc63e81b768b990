/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Taken from node_modules as they are: bundled they would only make the build longer.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'better-auth',
    'chromadb',
    'gpt-tokenizer',
    'graphile-worker',
    'htmlparser2',
    'iconv-lite',
    'marked',
    'openai',
    'papaparse',
    'pg',
    'pino',
    'undici',
    'unpdf',
  ],
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // A build is made once for an installation: what it would keep for the next one costs more than it saves.
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: false,
    serverSourceMaps: false,
  },
};
