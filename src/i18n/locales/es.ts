
    // Do not modify this file by hand!
    // Re-generate this file by running lit-localize

    
    import {str} from '@lit/localize';

    /* eslint-disable no-irregular-whitespace */
    /* eslint-disable @typescript-eslint/no-explicit-any */

    export const templates = {
      'sae17acf94c71fd6d': str`${0} photo`,
'photos-two': str`${0} photos`,
'photos-few': str`${0} photos`,
'photos-many': str`${0} photos`,
's4438099ce5b119fa': str`${0} photos`,
's1a09d374c7a91e23': str`${0} test photo`,
'se7d09f6f445e81f0': str`${0} test photos`,
'sf26038a682b7d490': str`${0} model`,
'models-two': str`${0} models`,
'models-few': str`${0} models`,
'models-many': str`${0} models`,
's915525f01e5ebdb9': str`${0} models`,
's691178fe1e33d960': str`${0} epoch`,
'epochs-two': str`${0} epochs`,
'epochs-few': str`${0} epochs`,
'epochs-many': str`${0} epochs`,
'sbc89aacd5219db49': str`${0} epochs`,
's984a3118d85b20e0': str`${0} s`,
'sb1d2a5473e87197b': `a few seconds`,
'sc25199bea55bbdac': str`about ${0}`,
'sefcf950b3cc4fc3b': `Language`,
'sb474157a380baaf7': str`As on this phone (${0})`,
's2c3fcd49e3e22ea3': `It can be changed when what runs now is over.`,
's34b38ee49aaf0bdc': `This browser does not keep the choice.`,
    };
  