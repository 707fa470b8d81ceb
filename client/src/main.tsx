import './app/no-eval'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { must } from 'shared/plain/must'
import { ErrorScreen } from './app/error-screen'
import { Root } from './app/root'
import { watchForUpdates } from './app/updates'
import { applyTheme } from './features/account/theme'
import { browserDevice } from './store/device'
import { language } from './text/text'
import './ui/tokens.css'
import './ui/controls.css'

applyTheme()
document.documentElement.lang = language()
const updates = watchForUpdates()
createRoot(must(document.getElementById('root'), 'the root element')).render(
  <StrictMode>
    <ErrorScreen>
      <Root device={browserDevice()} updates={updates} />
    </ErrorScreen>
  </StrictMode>,
)
