import { OpenProject } from '#app/_shell/open-project.tsx';

export default function HomePage() {
  return <OpenProject />;
}
