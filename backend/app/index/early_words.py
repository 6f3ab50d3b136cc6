"""What words of the First Folio (1623) are in modern editions, where their letters alone do not say it.

Each was read in its lines in Hamlet, Julius Caesar and Macbeth, as NLTK has them. Some are modern words of another
meaning, such as doe or lye, which other books have seldom or never. What they have as often (wee, bee, hoe) keeps the
meaning that it has there. One that is like no word of today but itself is listed as that: seeling, tetter.
"""

_WORDS = """
    accompt=account addage=adage adiew=adieu adue=adieu agen=again ake=ache akers=acres alchymie=alchemy
    allegeance=allegiance ambassadours=ambassadors anckle=ankle anticke=antic apparant=apparent
    apparation=apparition artire=artery aule=awl ayde=aid aygre=eager bace=base bakt=baked barre=bar
    batchellor=bachelor batchellour=bachelor battaile=battle battaile's=battle's battailes=battles battell=battle
    befalne=befallen begger=beggar begger'd=beggared beggers=beggars bene=been benyson=benison besmerch=besmirch
    beteene=beteem bisson=bisson bloud=blood bloude=blood bloudie=bloody bloudy=bloody bowts=bouts
    boystrous=boisterous breefely=briefly brest=breast brests=breasts briefely=briefly brothell=brothel broyle=broil
    bussling=bustling calender=calendar calmely=calmly capeable=capable carkasse=carcass carowsing=carousing
    cauiarie=caviar cawdron=cauldron centinell=sentinel centinels=sentinels cerimony=ceremony cesterne=cistern
    chasticement=chastisement cheapely=cheaply cheefe=chief cheefely=chiefly cheerefully=cheerfully cheff=chief
    chollericke=choleric choyse=choice clearenesse=clearness cleere=clear cleerely=clearly coap'd=coped
    coarses=corses cobler=cobbler compleat=complete cosin=cousin cosins=cousins councell=council
    counterfet=counterfeit countrey=country countreyes=countries cousen=cousin coynage=coinage cressant=crescent
    cride=cried curre=cur curtesie=courtesy deepely=deeply deere=dear deerely=dearly deerer=dearer deerest=dearest
    dispaire=despair disperate=desperate dispise=despise diuel=devil diuell=devil diuellish=devilish doe=do
    doomesday=doomsday dore=door dosen=dozen downey=downy dreyne=drain dy=die dy'd=died dy'de=died dye=die dyes=dies
    earely=early eene=e'en els=else enterprize=enterprise enterprizes=enterprises ermites=hermits erre=err
    expence=expense extasie=ecstasy extreamity=extremity fairely=fairly falne=fallen fantasticall=fantastical
    farwel=farewell farwell=farewell faulcon=falcon feauer=fever fixt=fixed floud=flood flowt=flout formost=foremost
    forraigne=foreign forraine=foreign fowly=foully foyles=foils frankely=frankly gaged=gaged gambals=gambols
    gardiners=gardeners gastly=ghastly gauled=galled germaine=germane greeues=grieves guift=gift guifts=gifts
    gyues=gyves ha's=has harpier=harpier heark=hark hearke=hark heau'n=heaven hee=he hees=he's heyres=heirs
    hidious=hideous hindges=hinges hiperion=hyperion honie=honey hony=honey hore=hoar hower=hour ideot=idiot
    iemme=gem ile=i'll incertaine=uncertain iocond=jocund iouerney=journey iournies=journeys ioyntly=jointly
    ist=is't lappe=lap leaperous=leprous leasure=leisure leige=liege lenton=lenten letcherous=lecherous lome=loam
    lowd=loud lye=lie maisters=masters mee=me metled=mettled mistris=mistress mo=more moe=more monarkes=monarchs
    mone=moan moneth=month moneths=months monkie=monkey mony=money moore=moor mooue=move moue=move moues=moves
    mouncht=munched mummey=mummy mungrels=mongrels ne're=ne'er neer'st=nearest neere=near neerely=nearly
    neerer=nearer neerest=nearest nere=ne'er newtrall=neutral o're=o'er onely=only outragious=outrageous
    parragon=paragon passe=pass pawse=pause pe=pe pearch'd=perched peazants=peasants peerelesse=peerless
    pernitious=pernicious perswade=persuade perswades=persuades perswasion=persuasion pery=pery pesant=peasant
    physicke=physic physitian=physician pickhaxe=pickaxe pitious=piteous pittious=piteous playd=played
    pluckt=plucked plundge=plunge polititian=politician poorely=poorly powrefull=powerful powres=powers
    poysond=poisoned poysoner=poisoner prethee=prithee prophane=profane prophanely=profanely prophecying=prophesying
    prythee=prithee puft=puffed pul'd=pulled quickely=quickly receit=receipt rendeuous=rendezvous renish=rhenish
    rew=rue rim'd=rhymed rime=rhyme rore=roar rost=roast rouce=rouse rowse=rouse rowze=rouse rubarb=rhubarb sate=sat
    scarse=scarce scarsely=scarcely scedule=schedule scholler=scholar schollers=scholars schreame=scream
    schreemes=screams seauenth=seventh seeling=seeling sence=sense sences=senses senslesse=senseless
    seperated=separated shal=shall shee=she shepheards=shepherds shold=should shooes=shoes showres=showers
    siedge=siege sindging=singeing sirra=sirrah sirrha=sirrah sixeteene=sixteen skarfe=scarf skie=sky
    skreenes=screens sodaine=sudden sodainely=suddenly sodainly=suddenly soldiours=soldiers solliciting=soliciting
    somthing=something soop=soop soueraigne=sovereign soueraignty=sovereignty souldier=soldier souldiers=soldiers
    souldiours=soldiers soultry=sultry sourse=source spight=spite spightfull=spiteful spred=spread sprights=sprites
    spundge=sponge spungie=spongy stolne=stolen stomacke=stomach stomackes=stomachs stopp=stop strook=struck
    strooke=struck suites=suits suppe=sup suspition=suspicion sute=suit sutes=suits sutor=suitor sutors=suitors
    swet=sweat swolne=swollen swoonded=swooned tane=taken tearmes=terms tetter=tetter theame=theme
    therfore=therefore thether=thither thoght=thought til=till toth=toth tother=t'other towres=towers
    towring=towering tragicall=tragical trecherie=treachery tride=tried trophee=trophy trophees=trophies
    truely=truly truepenny=truepenny tye=tie vertues=virtues vertuous=virtuous vilde=vile vildely=vilely
    villanies=villainies vnassayleable=unassailable vnckle=uncle vncurrant=uncurrent vneffectuall=uneffectual
    vnfirme=unfirm vngartred=ungartered vnhouzzled=unhouseled vnkennell=unkennel vnkindely=unkindly vnkle=uncle
    vnkles=uncle's vnlineall=unlineal vnmaske=unmask vnnumbred=unnumbered vnpegge=unpeg vnpreuayling=unprevailing
    vnseale=unseal vnspeake=unspeak vnuallued=unvalued vnweeded=unweeded vnwholsome=unwholesome vnyoake=unyoke
    volly=volley vs=us waight=weight wassell=wassail wassels=wassails wastfull=wasteful weakenesse=weakness
    weyard=weird weyward=weird whay=whey wherfore=wherefore wholsom=wholesome wholsome=wholesome wildely=wildly
    wildenesse=wildness wisedom=wisdom wisedome=wisdom wisedomes=wisdom's woer=wooer wofull=woeful wrackt=wracked
    yee=ye yeeres=years yesty=yeasty yong=young yonger=younger"""
# Names of people and places.
_NAMES = """
    banquoh=banquo birnan=birnam birnane=birnam byrnam=birnam byrnan=birnam byrnane=birnam calphurnia=calpurnia
    calphurnia's=calpurnia's caska=casca caska's=casca's cathnes=caithness cymber=cimber cynna=cinna
    donalbaine=donalbain donalbane=donalbain duncane=duncan dunsmane=dunsinane elsenour=elsinore elsonower=elsinore
    fleans=fleance guildensterne=guildenstern hecat=hecate hecats=hecate's heccats=hecate's iephta=jephthah
    lenox=lennox lucillius=lucilius macduffe=macduff macduffes=macduff's malcolme=malcolm malcolmes=malcolm's
    malcome=malcolm menteth=menteith murellus=marullus murrellus=marullus norwayes=norway's norwey=norway
    osricke=osric pollonius=polonius pompeyes=pompey's reynoldo=reynaldo rosincran=rosencrantz
    rosincrance=rosencrantz rosincrane=rosencrantz rossius=roscius seyward=siward seywards=siward's tharsus=thasos
    tyber=tiber varrus=varro voltemand=voltimand voltumand=voltimand wittemberge=wittenberg"""

EARLY = dict(pair.split("=") for pair in f"{_WORDS} {_NAMES}".split())
