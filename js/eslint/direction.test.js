import { RuleTester } from 'eslint';
import { describe, it } from 'vitest';
import { direction } from './direction.js';

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester();
/** @param {string} filename @param {string} code */
const planted = (filename, code) => ({ filename: `/x/src/${filename}`, code, errors: 1 });

tester.run('direction', direction, {
  valid: [
    { filename: '/x/src/app/App.jsx', code: "import '../features/gallery/Gallery.jsx'" },
    { filename: '/x/src/features/gallery/Gallery.jsx', code: "import '../../services/api.js'" },
    { filename: '/x/src/features/gallery/Gallery.jsx', code: "import './rows.js'" },
    { filename: '/x/src/ui/primitives/Button.jsx', code: "import 'react'" },
  ],
  invalid: [
    planted('features/gallery/Gallery.jsx', "import '../viewer/Viewer.jsx'"),
    planted('features/gallery/Gallery.jsx', "import('../viewer/Viewer.jsx')"),
    planted('features/gallery/Gallery.jsx', "import '../../app/App.jsx'"),
    planted('services/api.js', "import '../features/gallery/rows.js'"),
    planted('services/api.js', "import '../ui/primitives/Button.jsx'"),
    planted('prompt/model.js', "import '../services/api.js'"),
    planted('ui/primitives/Button.jsx', "import '../../services/api.js'"),
    planted('ui/primitives/Button.jsx', "export { a } from '../../features/gallery/rows.js'"),
    planted('styles/a.js', "import '../ui/primitives/Button.jsx'"),
    planted('i18n/en.js', "import '../ui/primitives/Button.jsx'"),
  ],
});
