/** Words one edit away from others of the vocabulary: no misspellings. Written by tools/real-words.ts. */
export const REAL_WORDS: ReadonlySet<string> = new Set(
  `abound accent adaptor aground allays alloyed analyze anther assent auction averts backed baking balking
balling banking barbed barfed barged barked barking barrow basking bathed bathing beaker belling bilking
bitched blacked blanch bleach bleaker bluffer boarder boating bolder bolting bonded boobing booing booking
booming booting boozing botched bought bounced bounder breath breech broach browner brunch brutish bucking
bulling burred burrow caching calmer camped canter canters capitol carped cashed cashing casual caudal
ceding censer censers center centers centre centres chairs chance chancel chancy change changed chanty
chapped charge charmed charred charted cheated cheeked cheeks chicks chocked chocks chucked chucks clapped
clashed clauses cleaned cleaved cloned cloyed clutter coached coaling codding coiling coking coming
commend commute compete compote condole conform consent contact content contest context convent cooing
cooking coolie cooping cootie copiers coping copped copping copses cording coring cosies courted cowing
cowling cozies crapped crated creaked creamed crease creased cremate crested crushed cupped currant damper
daring debated debuted decades decayed decease decoded decodes deduce defeat defect defend defied deflect
degree deject denote dental dented deplete derided derides detect detest devise devote dicker dipper
direst discard discoed dissed diverse divined doable dripped drooped drover duding duffer duping egrets
ejected elected empire erected eternal exhort exiting expend expert extant extort fabled faction faculty
fairing falling fallow falter farces faring fatten fatter felled fellow fending fester filing filler
filmed finale fining firming fitter fixing flailed flashed flasher fleshed fluster foiled foiling forceps
forded forged forges forgot forked formed fortes foster frieze fright fronted fulled fulness funded garage
glazier glowing goggle grafted grated groping grunted handier handing hasted hasting headier healer hearer
hearth heater herder hinged hither hoisted holier holing holler hooding hooted hooting hording hosing
hotshot hunted hushing husting impart incest infest insect instal instill invert invest jerkin keeling
keening kennel kilned lacked lacking lading lagging lasses latter leaded leading leafed leafing leaked
leaking leaned leaner leaning leaped leaping leased leashed leasing leaved lefter legging lender levees
leveled levered levers lewder licence license licked licking limier liming limning linger linked lisping
litter loader loafed loafing loaned loaning lockup lockups lodger lodging logger logging longing looked
looking looses lorded lording louses loyally lucked lucking lugging lumping lunched lunches making manged
manger marched marcher marking marred marring masher mashing masked masking massage massed massing master
matter maxing messed messing miking miming mining minuet minuets minuse minuses miring misled misread
misted mister misting misused moaning moistly motile mussed mussing muster mutter nation nearby nearly
neatly needled noshing noting notwork novice opened outfox outline outrage pacing packers packet paling
palling panned panning paring parked parsed parson passed passer pasted pastern pasting patter paused
paving pawing paying pecked penning pertly pester phrased picked picket pickets pieing piking pilling
pining piping pissed placer placid placket plainer planed planing planked planted planter plaster plated
played plotter pocked pocket pockets poling polity polled polling poohed poohing pooling pooped pooping
poorer poplar ported porter porting portly posher posing posited posture potted potter potting pouted
pouting prayer precise premise premiss preset prevent priding primacy primate priming prison prizing
profess project promise protect protest prowess pub/sub pubsub pulling purity purser queuing quotes racked
racking radios raising raking rammed ranged ranger ranging rankled ransom ranted ranter ranting rapped
rasped reacted readier realer reamer reaming reaper reaping rearing recant recent redder redress refuge
refuse refused refuted regency regent regrets reheat rehire rehired relayed relent relive remote remove
remover render rending repent repress repute reputed reseed resend resent resort rested retched retches
retiree retires retort retried reused revere revered reveres reverie revolve rewire rewired reword rewrote
ricing riding riling riming rinsing risking roached roaches roiled roiling romped rooter rooting roster
rotting rouges rouging roused rouses rousing ruining runway safely salving sample sander sanding sapling
sarape sarong sating sawing saying sayings scalar scalds scalier scalper scalps scanner scanter scared
scares scaring scream scuffle sealer sealing seared searing seeding seizing senior sensing serape serves
servile severs shaded shades shading shafted shakes shaking shamed shames shaming shaped shapes shaping
sharded shards shared sharing sharked sharks sharped sharps shatter shaved shaves shaving sheared shingle
shipper shires shirted shopped shopper shored shores shoring shorted shrank shriek shrunk shudder sidebar
siding sifted sighed sighing silting simile singed singing sinned sinning sipped sipping siring siting
skipped skipper slating slaving slender slewed slicing slider slipped slipper slitter slopped smarted
smarts smooch snared snares snaring snider snipped snitch snorted snuffle soared soaring sopped sopping
sortied soured souring spared spares sparing spatter spender spewed spinner spited sported spreed spring
squire squired stable staked staking staled staler stales staling starch stared stares staring starred
starved stated states stating statues staved staving stayed staying steamy stepped stewed stitch stocky
stomped stooped stopper storing strews stride strife strike string stript strive strived strong strung
stumped sublet subset summit sunder swamped swatch swatter swopped synched tacking taping tasted taster
tasting teeter tenable tented tenting testier texted texting thanks thicket thinks thongs though threats
tieing tiring titter toiling tolling tooting topical tracing trading treads trifle trough tugging tweezer
twister unable unblock undated unload unsaid useable valley vanish vender verily verity versify victor
victual wafting wailing waiter waiting waiver waiving waning wanting warded warding warming warned warning
warped warping warred warring waster wasting weighed wetness whiter whites whiting widows winnow winnows
witless wording wormed worming wright writer writers writhes writing`.split(/\s+/),
)
