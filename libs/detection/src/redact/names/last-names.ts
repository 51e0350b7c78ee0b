/** Family names of many cultures, folded to lower-case ASCII, parted by blanks. */
export const lastNames = `
abbas abbott abdi abdullah abe abebe abrams acevedo acharya acosta adams adebayo adekunle adeyemi adkins adler afolabi
agarwal aguilar aguirre ahluwalia ahmad ahmed aiello akhtar akin akintola alami alarcon albrecht albert alexander alfaro
alhassan ali alibekov allard allen almeida alonso altman alvarado alvarez alves amari amato amin ampofo amsel andersen
anderson andersson andrade andre andreasen andreou andrews angelini angelopoulos antonelli antonov appiah aquino aragon
aranda araujo arellano arias armstrong arnaud arnold arroyo arslan asante ashraf asif askari atkins atkinson aubert
audet auer austin avila awad ayala aydin ayers aziz babu bach bachmann bailey bailly baker bakker bakshi balan baldwin
ball ballard balogun banda banerjee banks bao baptiste barber barbieri barbosa barker barlow barnes barnett baron barone
barr barrera barreto barrett barros barry barth bartlett barton basu bates batista battaglia bauer baumann baumgartner
baxter bayer beard beasley beauchamp beaulieu beck becker beckett beckmann begum behrens bell bellini belov beltran benali
benavides bender benedict benitez benjamin bennett benson bentley berardi berg berger bergeron bergmann bergstrom
berisha bernal bernard bernardi bernasconi bernhardt bernstein berry bertrand best beyer bhatt bhattacharya bianchi biondi
birch bird bishop biswas bjork black blackburn blackwell blair blake blanc blanchard blanco blankenship blom blum
boateng bodnar boehm bogdanov bohm boivin bolton bonilla bonnet booker boone booth borg borges borisov bosch bose bosko
bouchard boucher boudreau boulanger bourgeois bowen bowers bowman boyd boyle bradford bradley bradshaw brady brand brandt
brasseur braun bravo bray brennan breton brewer bridges briggs brito brock brooks brown browne bruno bryan bryant buchanan
bucher buck buckley budiman bui bullock burgess burke burnett burns burton busch bush butler byrd byrne caballero cabrera
caceres cadieux cain calabrese calderon caldwell callahan camacho camara cameron campbell campos cannon cano cantu caputo
cardenas cardoso carey carlson carlsson carmona caron carpenter carr carrasco carrillo carroll carson caruso carvalho
casey castaneda castellano castillo castro caldas cavallo celik cerny cervantes chamberlain chambers champagne chan chandler
chandra chang chapman charbonneau charles charpentier chatterjee chaudhary chaudhry chavez chen cheng cheung chevalier cho
choi chopra chou choudhury chow christensen christian christie chu chua chukwu chung church clapp clark clarke clausen
clayton clement clements cline coelho cohen cole coleman colin collier collins colombo colon combs conley connell connelly
conner connolly connor conrad conte contreras conway cook cooke cooley cooper copeland cordero cordova corona correa
cortes cortez costa costantini costello cote cotton couture cowan cox craig crane crawford crosby cross crowley cruz
cuevas cullen cummings cunningham curran currie curry curtis czarnecki dahl dahlberg daley dalton daly dang daniel daniels
danso das dasgupta dauda davidson davies davila davis dawson deleon delacroix delacruz delaney delgado deluca demir
dempsey deng denis dennis desai deschamps deshpande desrosiers devi devine dhillon diallo dias diaz dickerson dickson
diehl dietrich diaz dimitrov dimitrova diop diouf dixon dlamini dobbs doherty dolan domingo dominguez donahue donnelly
donovan doran doyle drake dubey dubois duchamp dudley duffy dufour duke dumas dumont duncan dunlap dunn dupont dupuis
duran durand dutta dyer easton eaton ebert ebner eckert edwards egan ehlers eide ekholm eklund elias elliott ellis
ellison emerson engel england engstrom enriquez eriksen eriksson ernst escobar esparza espinosa espinoza esposito
essien estrada evans everett fabbri faber fabre falk fall fan farah farias farina farley farooq farrell faulkner faure
favre feldman feng ferguson fernandes fernandez ferrara ferrari ferraro ferreira ferrer ferri fiala fields figueroa fiore
fischer fisher fitzgerald fitzpatrick fleming fletcher flores floyd flynn foley fontaine fontana ford forsberg foster
fournier fowler fox francis franco francois frank franke franklin franz fraser frazier frederick freeman freitas french
frey friedman friedrich fritz fuchs fuentes fujii fujimoto fujita fukuda fuller gaines galindo gallagher gallegos galli
gallo galvan gamble ganesan gao garay garcia gardner garner garrett garrison garza gaspar gatti gauthier gautam gebhardt
geiger gentile george georgiou georgiev gerber gerlach ghosh gibbs gibson gil gilbert gill gillespie giordano girard
giraud giuliani glass gleason glover godfrey godoy goldberg goldman goldstein gomes gomez gonzales gonzalez goodman
goodwin gordon gorman goswami gould goyal grabowski graf graham granados grant graves gray greco green greenberg greene
greer gregory grewal griffin griffith grimes gross grossi grosso gruber guerin guerra guerrero guevara guillaume guillen
guillot gunther guo gupta gustafson gustafsson gutierrez guzman haas haddad hagen hahn haider hale hall haller halloran
halvorsen hamid hamilton hammond hampton han hancock hanna hansen hanson hansson haque harada hardin harding hardy
harmon harper harrington harris harrison hart hartman hartmann harvey hasan hasegawa hashimoto hassan haugen hawkins
hayashi hayes haynes heath hebert heikkinen hein heinrich heinz heller henderson hendricks henry hensley herbert hermann
hernandez herrera herrmann herzog hess hicks higgins hill hinton hirsch ho hoang hodges hoffman hoffmann hofer hofmann
hogan holden holland holloway holm holmberg holmes holt holz hong hood hooper hopkins horn horne horton horvat horvath
hossain houston howard howe howell hoyle hsieh hsu hu huang hubbard huber hubert hudson huerta huff huffman hughes hull
humphrey hunt hunter hurley hurst hussain hussein huynh hwang iannelli ibanez ibarra ibe ibrahim iglesias igwe ikeda
ingram inoue iqbal irwin isaksson ishida ishii ishikawa islam ismail israel ito ivanov ivanova iversen iyer jablonski
jackson jacob jacobs jacobsen jacobson jaeger jain jakobsen james jamison jang jankovic jankowski jansen jansson janssen
jaramillo jarvis javed jefferson jenkins jennings jensen jeon jeong jha jiang jimenez jin johannsen johansen johansson
johns johnson johnston jones jonsson jordan jorgensen joseph joshi joyce juarez jung kaiser kamara kaminski kamau kane
kang kapoor karimi karlsson kato kaufman kaufmann kaur kavanagh kaya kazemi keane keller kelley kellogg kelly kemp kennedy
kent kenyatta kern kerr khalil khan khanna khatun khoury khumalo kim king kirby kirk kirsch kirchner kiss klein knight
knowles knox knudsen kobayashi koch koenig koh kohler koivisto kolar kone konate kondo kone konig kopp korhonen koster
kovac kovacevic kovacs kowal kowalczyk kowalska kowalski kozak kozlov kozlowski kraft kramer kraus krause krauss kristensen
kristiansen krishnan kroll krueger kruger krug kruse kubiak kucera kuhn kulkarni kumar kumari kuroda kurtz kuznetsov
kwan kwon lacroix lafontaine lal lam lamb lambert lancaster landry lane lang lange langer langlois lara larsen larson
larsson lau laurent lavoie lawal lawrence lawson le leach leal lebedev leblanc leclerc lecomte lee lefebvre leger legrand
lehmann lehtonen leitner lemaire lemoine lennon leon leonard leone leong leroux leroy leslie lester leung levin levine
levy lewandowski lewis li liang liao lim lima lin lind lindberg lindgren lindholm lindqvist lindsay lindstrom ling link
lippert little liu livingston llewellyn lloyd lo lobo logan lombardi lombardo long longo lopes lopez lorenz lowe lowery
lozano lu lucas lucero ludwig lugo luna lund lundberg lundgren luo lutz lynch lynn lyons ma maas macdonald macias mack
mackay mackenzie macleod madden madsen maeda maes magnusson mahajan maher mahmood mahoney maier mair majumdar makinen
maldonado malhotra malik malone mancini mann manning marchand marchetti marin marino markovic marks marquez marsh marshall
martel martens martin martinez martini martins marx mason massey masuda mathews mathieu mathis mathur matos matsuda
matsumoto mauro maurer maxwell may mayer mayo mazur mbeki mcbride mccain mccall mccarthy mccormick mccoy mccullough
mcdaniel mcdonald mcdonnell mcdowell mcfarland mcgee mcgrath mcguire mcintosh mcintyre mckay mckee mckenna mckenzie
mckinney mclaughlin mclean mcmahon mcmillan mcnamara mcneil mcpherson meadows medeiros medina mehta meier mejia melendez
melnik melo mendes mendez mendoza meng menon mensah mercado mercier merino merkel messina metz meyer meyers meza
michaelis michaud michel miles miller mills milosevic min miranda mishra mitchell mitra miura miyamoto moe mohamed mohammed
mohan mohr moldovan molina moller monaco monroe montague montero montes montgomery monti montoya moon moore mora morales
moran moreau moreira morel moreno moretti morgan mori morin morozov morris morrison morrow morse morton mosca moser mosley
moss moser mota mueller mukherjee muller mulder mullen mullins munoz murakami murillo murphy murray murthy musa mwangi
myers nadeau nagy nair nakagawa nakajima nakamura nakano nakayama naranjo narayan nash naumann navarrete navarro nayak
ncube ndiaye neal neri nelson nemeth neubauer neuman neumann neves newman newton ng ngo nguyen nichols nicholson nicolas
nielsen niemi nieminen nieto nikolic nilsen nilsson nishimura nixon njoroge nkosi noble noel nolan noor nordin norman
norris norton nova novak novotny nowak nowicki nunes nunez nwosu obi obrien ochoa oconnell oconnor odonnell oduya ogawa
ogden ogundipe ohara okada okafor okamoto okeke okeefe okonkwo oliveira oliver olivier olsen olson olsson oneal oneil
oneill ong onyango opoku orellana orlando orlov orozco orr ortega ortiz osborn osborne osei osman osorio ospina ostrowski
otero otieno ott otto ouellet owens owusu oyelaran ozdemir ozturk pace pacheco padilla page pagano paige palacios palma
palmer palmieri panagiotou panchal pandey pandit papadakis papadopoulos pappas paquette parent park parker parks parra
parrish parsons patel paterson pathak patil patrick patterson patton paul pauli paulsen paulson pavlov payne paz pearce
pearson peck pedersen pedroza pelletier pena peng pepe peralta pereira perera perez perkins perreault perrin perrot perry
persson perez peters petersen peterson petit petrenko petrov petrova petrovic petterson pettersson pfeiffer pham phan
phelps phillips piccolo pichler pierce pierre pietrzak pillai pineda pinto piper pires pittman platt poirier polat pollard
pollock ponce pons poole pop popa pope popescu popov popovic porter portillo potter powell power powers prakash pratt
prescott preston price prieto prince pritchard proctor pruitt puig pugh quinn quintana quintero quiroz rahman rai raman
ramirez ramos ramsey randall rangel rao rasmussen rathore raymond reddy redmond reed reese reeves reid reilly reinhardt
reis renard renaud rendon reyes reyna reynolds rezaei rhodes ribeiro ricci rice rich richard richards richardson richter
riedel riley rinaldi rios rivas rivera rizzo roach robbins roberts robertson robinson robles rocha rodgers rodrigues
rodriguez rogers rojas roland rollins roman romano romero root rosa rosales rosario rosen rosenberg rosenthal ross rossi
roth rousseau roussel roux rowe rowland roy rubin rubio ruiz ruiz rush russell russo ryan rybak saar saari saavedra sadeghi
sahin saito sakai salas salazar saleh salgado salinas salmon salvatore samuels sanchez sandberg sanders sandoval sanford
santana santiago santini santoro santos sapna saputra sarkar sasaki sato sauer saunders savage savic sawyer saxena
scarpa schaefer schafer scheffer schiller schmid schmidt schmitt schmitz schneider scholz schreiber schroder schroeder
schubert schulte schultz schulz schulze schumacher schuster schwab schwartz schwarz scott sears sedlak segura seidel
seitz sekine sen sengupta serra serrano sethi severin sexton shaffer shah shaikh shannon shapiro sharma sharp shaw sheikh
shelton shen shepherd sheppard sheridan sherman shevchenko shields shimada shimizu shin short shrestha sidorov siegel
sierra silva silveira simmons simon simonsen simpson sims singer singh singleton sinha skinner sloan slater smirnov smith
snow snyder soares sokolov solano solis solomon sommer song sorensen soriano sosa soto sousa souza spence spencer
spinelli springer srinivasan stafford stahl stanley stanton stark steele stein steiner stephens stephenson stern stevens
stevenson stewart stokes stone stojanovic storm stout strand strauss strickland strong stuart suarez subramanian sugiyama
sullivan summers sun sundaram suresh sutherland sutton suzuki svensson svoboda swanson sweeney sylla szabo szewczyk
szymanski tabor tahir takahashi takeda talbot tamura tan tanaka tang tanner tate tavares taylor teixeira tejada terrell
terry tesfaye thakur thapa theron thibault thiel thomas thompson thomsen thomson thorne thornton tian tibbs tiwari todd
tomczak tomlinson toledo toman torres toth toure townsend tran traore travis tremblay trevino trinh tripathi trujillo
truong tsai tucker turcotte turner tyler ueda uddin ulloa underwood unger urban uribe valdez valencia valente valentine
valenzuela vallejo vance vandenberg vanderberg varela vargas varma vasiliev vasquez vaughan vaughn vazquez vega velasco
velasquez velez venkatesh vera verma vermeulen vidal vieira vietri villa villanueva villarreal vincent virtanen visser
vitale vitali vogel vogt volkov voss vu wagner wahl walker wall wallace waller walsh walter walters walton wang ward
warner warren wagner washington watanabe waters watkins watson watts weaver webb weber webster weeks wegner wei weiner
weinberg weiss welch wells wen werner west westberg weston wheeler whitaker white whitehead whitney wiese wilcox wilder
wilhelm wilkins wilkinson willems williams williamson willis wilson winkler winter winters wise witt wojcik wolf wolfe
wolff wong wood woodard woods woodward wright wu wyatt xiao xie xu yadav yamada yamaguchi yamamoto yamashita yan yang yao
yates ye yeboah yeung yildirim yildiz yilmaz yin yoder yoon york yoshida young yousef yu yuan yusuf zabala zaman zamora
zapata zarate zavala zeller zeng zhang zhao zheng zhou zhu ziegler zielinski zimmerman zimmermann zulu zuniga
`;

/** Ends of family names; a word that ends so after a first name is one. */
export const lastNameEnds = `
son sen sson ski ska sky cki cka wicz ova eva ovic evic ovich enko chuk ian yan dze shvili opoulos poulou akis idis
ellis escu eanu ini elli etti ucci ezza mann berg stein feld bauer meier meyer quist qvist strom gren dottir oglu nen
ic vic moto mura gawa yama zawa shima murthy swamy wala singh ez guez
ов ова ев ева ин ина ский ская цкий цкая енко чук ович евич овна евна άκης όπουλος ίδης
`;
